package org.vidtomo.dashboard.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.index.Columns.Whole;

/**
 * The rows of a snapshot that pass a filter and are scheduled from {@code from} (inclusive) to
 * {@code to} (exclusive); the times that the filter names are not looked at.
 *
 * @param standing which agents are left out
 */
record Rows(Snapshot snapshot, Filter filter, Instant from, Instant to, Standing standing) {
  /** Scans of fewer rows are not worth sharing out among processors. */
  private static final int LEAST_SHARE = 50_000;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** Rows of which no agent is left out but for its clock. */
  Rows(Snapshot snapshot, Filter filter, Instant from, Instant to) {
    this(snapshot, filter, from, to, Standing.ALL);
  }

  /** Is shown rows, hour by hour, in the order of video, agent and time. */
  interface Visitor {
    void begin(Segment segment);

    /**
     * Is shown a row of the segment.
     *
     * @param leftOut whether its agent is left out of comparisons
     */
    void row(int row, boolean leftOut);

    void end();
  }

  /** Is shown rows as another of its kind is shown those of other hours. */
  interface Sharing<S> extends Visitor {
    /** Is told that there are no more rows for it. */
    default void endAll() {}

    /** Takes what another was shown, of later hours; it is not used any more. */
    void addAll(S later);
  }

  /** Shows the rows to as many as are worth while, together; gives what became of all. */
  <S extends Sharing<S>> S shared(Supplier<S> make) {
    return shared(hour -> true, make);
  }

  /**
   * The same.
   *
   * @param mayBegin whether one may begin with an hour
   */
  <S extends Sharing<S>> S shared(Predicate<Instant> mayBegin, Supplier<S> make) {
    return shares(mayBegin).parallelStream()
        .map(
            rows -> {
              S visitor = make.get();
              rows.each(visitor);
              visitor.endAll();
              return visitor;
            })
        .reduce(
            (first, later) -> {
              first.addAll(later);
              return first;
            })
        .orElseThrow();
  }

  void each(Visitor visitor) {
    each(visitor, () -> true);
  }

  /** The same as long as it wants more. */
  private void each(Visitor visitor, BooleanSupplier wantsMore) {
    RowFilter allowed = new RowFilter(filter, snapshot.names(), standing);
    List<Segment> segments = snapshot.segments();
    for (int i = 0; i < segments.size() && wantsMore.getAsBoolean(); i++) {
      each(segments.get(i), allowed, visitor);
    }
  }

  /** From the first hour that has rows to the end of the last. */
  Duration span() {
    FirstHour first = new FirstHour();
    each(first, () -> !first.hasRows);
    FirstHour last = new FirstHour();
    latestFirst(last, () -> !last.hasRows);
    return first.hasRows
        ? Duration.between(first.hour, last.hour).plusMillis(HOUR_MILLIS)
        : Duration.ZERO;
  }

  /** Finds the first hour that has rows. */
  private static final class FirstHour implements Visitor {
    private Instant hour = Instant.MIN;
    private boolean hasRows;

    @Override
    public void begin(Segment segment) {
      hour = segment.hour();
    }

    @Override
    public void row(int row, boolean leftOut) {
      hasRows = true;
    }

    @Override
    public void end() {}
  }

  /**
   * The same rows in shares of whole hours, one after the other: as many as there are processors,
   * but none that is not worth while.
   *
   * @param mayBegin whether a share may begin with an hour
   */
  List<Rows> shares(Predicate<Instant> mayBegin) {
    List<Segment> segments =
        snapshot.segments().stream()
            .filter(segment -> millisAfter(segment.hour(), from) < HOUR_MILLIS)
            .filter(segment -> millisAfter(segment.hour(), to) > 0)
            .toList();
    long rows = segments.stream().mapToLong(segment -> segment.columns().rows()).sum();
    long wanted = Math.max(LEAST_SHARE, rows / Runtime.getRuntime().availableProcessors() + 1);
    List<Rows> shares = new ArrayList<>();
    Instant begin = from;
    long found = 0;
    for (Segment segment : segments) {
      if (found >= wanted && mayBegin.test(segment.hour())) {
        shares.add(new Rows(snapshot, filter, begin, segment.hour(), standing));
        begin = segment.hour();
        found = 0;
      }
      found += segment.columns().rows();
    }
    shares.add(new Rows(snapshot, filter, begin, to, standing));
    return shares;
  }

  private void each(Segment segment, RowFilter allowed, Visitor visitor) {
    long first = millisAfter(segment.hour(), from);
    long end = millisAfter(segment.hour(), to);
    if (first < HOUR_MILLIS && end > 0) {
      visitor.begin(segment);
      each(segment.columns(), allowed, first, end, visitor);
      visitor.end();
    }
  }

  /** The rows from the last hour back, as long as it wants more. */
  void latestFirst(Visitor visitor, BooleanSupplier wantsMore) {
    RowFilter allowed = new RowFilter(filter, snapshot.names(), standing);
    List<Segment> segments = snapshot.segments();
    for (int i = segments.size() - 1; i >= 0 && wantsMore.getAsBoolean(); i--) {
      each(segments.get(i), allowed, visitor);
    }
  }

  private static void each(
      Columns columns, RowFilter allowed, long first, long end, Visitor visitor) {
    int[] lines = columns.whole(Whole.LINE);
    int[] videos = columns.whole(Whole.VIDEO);
    int[] origins = columns.whole(Whole.ORIGIN);
    int[] caches = columns.whole(Whole.CACHE);
    int[] millis = columns.whole(Whole.MILLIS);
    boolean wholeHour = first == 0 && end == HOUR_MILLIS;
    for (int row = 0; row < columns.rows(); row++) {
      if ((wholeHour || (millis[row] >= first && millis[row] < end))
          && allowed.allows(lines[row], origins[row], videos[row], caches[row])) {
        visitor.row(row, allowed.leavesOut(lines[row]));
      }
    }
  }

  /** Rows know the slot to the millisecond: 0 at the least, an hour at the most. */
  private static long millisAfter(Instant hour, Instant time) {
    if (!time.isAfter(hour)) {
      return 0;
    }
    if (!time.isBefore(hour.plusMillis(HOUR_MILLIS))) {
      return HOUR_MILLIS;
    }
    return Duration.between(hour, time).plusNanos(999_999).toMillis();
  }
}
