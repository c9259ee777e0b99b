package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Middles;
import org.vidtomo.dashboard.index.Columns.Whole;

/**
 * Makes cells of a snapshot's rows: of those that have group, agent, video and hour in common, the
 * median (for ratios the mean). One use; not thread-safe.
 */
final class CellScan implements Rows.Visitor {
  private final Names names;
  private final Metric metric;
  private final Grouping grouping;
  private final Cells cells;
  private final BitSet clocksOff = new BitSet();

  // The hour at hand.
  private Instant hour;
  private int hourOfDay;
  private MetricColumn column;
  private int[] lines;
  private int[] videos;
  private int[] caches;

  // The rows at hand: of one agent and one video, in one hour.
  private int agent = -1;
  private int video = -1;
  private int size;
  private int[] groups = new int[16];
  private int[] prefixes = new int[16];
  private double[] values = new double[16];
  private boolean[] failed = new boolean[16];

  /** Takes cells. */
  interface Cells {
    /**
     * Takes a cell.
     *
     * @param prefix −1: not known
     */
    void cell(
        int group, int agent, int prefix, int video, Instant hour, double value, double failed);
  }

  /** Nothing is scanned yet. */
  CellScan(Names names, Metric metric, Grouping grouping, Cells cells) {
    this.names = names;
    this.metric = metric;
    this.grouping = grouping;
    this.cells = cells;
  }

  /** Agents that were left out since their clocks are off. */
  int clocksOff() {
    return clocksOff.cardinality();
  }

  @Override
  public void begin(Segment segment) {
    hour = segment.hour();
    hourOfDay = hour.atOffset(ZoneOffset.UTC).getHour();
    column = new MetricColumn(metric, segment.columns());
    lines = segment.columns().whole(Whole.LINE);
    videos = segment.columns().whole(Whole.VIDEO);
    caches = segment.columns().whole(Whole.CACHE);
  }

  @Override
  public void row(int row, boolean clockOff) {
    int line = lines[row];
    if (clockOff) {
      clocksOff.set(names.agentOf()[line]);
      return;
    }
    int group = grouping.group(line, caches[row], hourOfDay);
    double value = group < 0 ? Double.NaN : column.value(row);
    if (!Double.isNaN(value)) {
      if (names.agentOf()[line] != agent || videos[row] != video) {
        end();
        agent = names.agentOf()[line];
        video = videos[row];
      }
      add(group, names.prefixOf()[line], value, column.failed(row));
    }
  }

  private void add(int group, int prefix, double value, boolean hasFailed) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
      prefixes = Arrays.copyOf(prefixes, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      failed = Arrays.copyOf(failed, 2 * size);
    }
    groups[size] = group;
    prefixes[size] = prefix;
    values[size] = value;
    failed[size++] = hasFailed;
  }

  @Override
  public void end() {
    if (size == 1) {
      cells.cell(groups[0], agent, prefixes[0], video, hour, values[0], failed[0] ? 1 : 0);
    } else if (size > 1) {
      Arrays.stream(groups, 0, size).distinct().forEach(this::flush);
    }
    size = 0;
    agent = -1;
  }

  private void flush(int group) {
    double[] members = new double[size];
    int count = 0;
    int failures = 0;
    int prefix = -1;
    for (int i = 0; i < size; i++) {
      if (groups[i] == group) {
        members[count++] = values[i];
        failures += failed[i] ? 1 : 0;
        prefix = prefix < 0 ? prefixes[i] : prefix;
      }
    }
    double centre = Middles.of(members, 0, count, metric.centre());
    cells.cell(group, agent, prefix, video, hour, centre, (double) failures / count);
  }
}
