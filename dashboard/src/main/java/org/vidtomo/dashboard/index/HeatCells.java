package org.vidtomo.dashboard.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.vidtomo.dashboard.compare.HeatMap;

/**
 * Puts cells into the squares of a map: one for each day and hour, by the clock of the cell's
 * agent. Not thread-safe.
 */
final class HeatCells implements CellScan.Cells<HeatCells> {
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();
  private static final long MINUTE_SECONDS = Duration.ofMinutes(1).toSeconds();
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final Names names;
  private final HeatMap.Question question;
  private final PointCells cells;
  private final BitSet withoutOffset = new BitSet();
  private final long firstRow;
  private final long lastRow;
  private final BitSet rows = new BitSet();
  private long seconds;

  HeatCells(Snapshot snapshot, HeatMap.Question question) {
    names = snapshot.names();
    this.question = question;
    cells = new PointCells(names, question.metric());
    List<Segment> segments = snapshot.segments();
    boolean byDate = question.day() == HeatMap.Day.DATE && !segments.isEmpty();
    // A day more at both ends, for clocks before and behind UTC.
    firstRow = byDate ? day(segments.get(0).hour().getEpochSecond()) - 1 : 0;
    lastRow = byDate ? day(segments.get(segments.size() - 1).hour().getEpochSecond()) + 1 : 6;
  }

  private static long day(long epochSecond) {
    return Math.floorDiv(epochSecond, DAY_SECONDS);
  }

  @Override
  public void hour(Instant hour) {
    seconds = hour.getEpochSecond();
  }

  @Override
  public void cell(int group, int line, int video, double value, double failed) {
    long offset = 0;
    if (question.clock() == HeatMap.Clock.LOCAL) {
      if (names.lines()[line].utcOffsetMinutes().isEmpty()) {
        withoutOffset.set(names.agentOf()[line]);
        return;
      }
      offset = names.lines()[line].utcOffsetMinutes().getAsInt() * MINUTE_SECONDS;
    }
    long local = seconds + offset;
    int row = (int) (question.day().row(day(local)) - firstRow);
    int hour = (int) (Math.floorMod(local, DAY_SECONDS) / HOUR_SECONDS);
    rows.set(row);
    cells.add(row * HeatMap.HOURS + hour, line, video, value);
  }

  @Override
  public void addAll(HeatCells others) {
    cells.addAll(others.cells);
    withoutOffset.or(others.withoutOffset);
    rows.or(others.rows);
  }

  /** Agents that were left out since their local time is not known. */
  int withoutOffset() {
    return withoutOffset.cardinality();
  }

  /** The squares that have cells. */
  HeatMap map(Optional<String> leftOut, Instant computedAt) {
    List<HeatMap.Square> squares = new ArrayList<>();
    cells.each(
        (int) (lastRow - firstRow + 1) * HeatMap.HOURS,
        (spread, point) ->
            squares.add(
                HeatMap.Square.of(text(point / HeatMap.HOURS), point % HeatMap.HOURS, spread)));
    return HeatMap.of(question, days(), squares, leftOut, computedAt);
  }

  private List<String> days() {
    if (question.day() == HeatMap.Day.WEEKDAY) {
      return LongStream.rangeClosed(0, lastRow).mapToObj(this::text).toList();
    }
    return rows.isEmpty()
        ? List.of()
        : LongStream.range(rows.nextSetBit(0), rows.length()).mapToObj(this::text).toList();
  }

  private String text(long row) {
    return question.day().text(firstRow + row);
  }
}
