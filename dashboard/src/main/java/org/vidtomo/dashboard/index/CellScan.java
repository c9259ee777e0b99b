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
final class CellScan<C extends CellScan.Cells<C>> implements Rows.Sharing<CellScan<C>> {
  private final Names names;
  private final int[] agentOf;
  private final Metric metric;
  private final Grouping grouping;
  private final C cells;
  private final BitSet leftOutAgents = new BitSet();

  // The hour at hand.
  private int hourOfDay;
  private MetricColumn column;
  private int[] lines;
  private int[] videos;
  private int[] caches;
  private byte[] states;
  private Answers answers;
  private AnswerColumn answerColumn;

  // The rows at hand: of one agent and one video, in one hour.
  private int agent = -1;
  private int video = -1;
  private int size;
  private int[] groups = new int[16];
  private int[] lineOf = new int[16];
  private double[] values = new double[16];
  private double[] members = new double[16];
  private boolean[] failed = new boolean[16];

  /** Takes cells. */
  interface Cells<C extends Cells<C>> {
    /** Takes those of another, of later hours of the same snapshot; it is not used any more. */
    void addAll(C later);

    /** Is told the hour that the next cells are of. */
    void hour(Instant hour);

    /** Whether it takes cells of a group and a video, of the hour at hand. */
    default boolean wants(int group, int video) {
      return true;
    }

    /**
     * Takes a cell.
     *
     * @param line its agent's; where it has two in the hour, one whose prefix is known
     */
    void cell(int group, int line, int video, double value, double failed);

    /** Is told that there are no more, but for those of others. */
    default void end() {}
  }

  /** Nothing is scanned yet. */
  CellScan(Names names, Metric metric, Grouping grouping, C cells) {
    this.names = names;
    agentOf = names.agentOf();
    this.metric = metric;
    this.grouping = grouping;
    this.cells = cells;
  }

  /** What took the cells. */
  C cells() {
    return cells;
  }

  /** The numbers of agents that were left out. */
  BitSet leftOut() {
    return leftOutAgents;
  }

  /** In UTC. */
  static int hourOfDay(Segment segment) {
    return segment.hour().atOffset(ZoneOffset.UTC).getHour();
  }

  @Override
  public void begin(Segment segment) {
    hourOfDay = hourOfDay(segment);
    cells.hour(segment.hour());
    column = new MetricColumn(metric, segment.columns());
    lines = segment.columns().whole(Whole.LINE);
    videos = segment.columns().whole(Whole.VIDEO);
    caches = segment.columns().whole(Whole.CACHE);
    states = segment.columns().state();
    answers = segment.columns().answers();
    answerColumn = new AnswerColumn(metric, answers);
  }

  @Override
  public void row(int row, boolean leftOut) {
    int line = lines[row];
    if (leftOut) {
      leftOutAgents.set(agentOf[line]);
      return;
    }
    if (agentOf[line] != agent || videos[row] != video) {
      end();
      agent = agentOf[line];
      video = videos[row];
    }
    if (grouping.ofAnswers()) {
      addAnswers(row, line);
      return;
    }
    int group = grouping.group(line, caches[row], hourOfDay);
    double value = isWanted(group) ? column.value(row) : Double.NaN;
    if (!Double.isNaN(value)) {
      add(group, line, value, column.failed(row));
    }
  }

  /** A row has a value for each resolver that was asked, if it counts at all. */
  private void addAnswers(int row, int line) {
    State state = State.of(states[row]);
    if (state != State.OK && state != State.FAILED) {
      return;
    }
    for (int answer = answers.first(row); answer < answers.end()[row]; answer++) {
      int group = grouping.ofAnswer(line, answers.resolver()[answer]);
      double value = isWanted(group) ? answerColumn.value(answer) : Double.NaN;
      if (!Double.isNaN(value)) {
        add(group, line, value, answerColumn.failed(answer));
      }
    }
  }

  private boolean isWanted(int group) {
    return group >= 0 && cells.wants(group, video);
  }

  private void add(int group, int line, double value, boolean hasFailed) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
      lineOf = Arrays.copyOf(lineOf, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      members = new double[2 * size];
      failed = Arrays.copyOf(failed, 2 * size);
    }
    groups[size] = group;
    lineOf[size] = line;
    values[size] = value;
    failed[size++] = hasFailed;
  }

  @Override
  public void end() {
    if (size == 1) {
      cells.cell(groups[0], lineOf[0], video, values[0], failed[0] ? 1 : 0);
    } else {
      for (int i = 0; i < size; i++) {
        if (isFirst(i)) {
          flush(i);
        }
      }
    }
    size = 0;
    agent = -1;
  }

  @Override
  public void endAll() {
    cells.end();
  }

  @Override
  public void addAll(CellScan<C> later) {
    cells.addAll(later.cells);
    leftOutAgents.or(later.leftOutAgents);
  }

  /** Whether no row before is of the same group; they are few. */
  private boolean isFirst(int row) {
    for (int i = 0; i < row; i++) {
      if (groups[i] == groups[row]) {
        return false;
      }
    }
    return true;
  }

  /** The cell of a group, given by its first row. */
  private void flush(int first) {
    int group = groups[first];
    int count = 0;
    int failures = 0;
    int line = -1;
    for (int i = first; i < size; i++) {
      if (groups[i] == group) {
        members[count++] = values[i];
        failures += failed[i] ? 1 : 0;
        line = line < 0 || names.prefixOf()[line] < 0 ? lineOf[i] : line;
      }
    }
    double centre = count == 1 ? members[0] : Middles.of(members, 0, count, metric.centre());
    cells.cell(group, line, video, centre, (double) failures / count);
  }
}
