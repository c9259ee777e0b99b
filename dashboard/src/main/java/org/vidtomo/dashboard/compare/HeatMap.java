package org.vidtomo.dashboard.compare;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/**
 * The answer to {@code /api/v1/heatmap}: a metric by hour of the day and day.
 *
 * @param leftOut what does not take part, and why
 * @param clock whose hours and days
 * @param day what the days are
 * @param days all from the first to the last, those without cells too
 * @param cells in the order of days and hours; one without measurements is absent
 */
public record HeatMap(
    Metric metric,
    String unit,
    Instant computedAt,
    String method,
    Optional<String> leftOut,
    Clock clock,
    Day day,
    List<String> days,
    List<Square> cells) {
  public static final int HOURS = 24;

  public HeatMap {
    days = List.copyOf(days);
    cells = List.copyOf(cells);
  }

  /** Whose time it is. */
  public enum Clock implements WireName {
    /** Each agent's own. */
    LOCAL,
    UTC
  }

  /** What a row of the map is. */
  public enum Day implements WireName {
    DATE,
    WEEKDAY;

    private static final int WEEK = 7;

    /**
     * The row of a day.
     *
     * @param epochDay since 1970-01-01, a Thursday
     */
    public long row(long epochDay) {
      return this == DATE ? epochDay : Math.floorMod(epochDay + 3, WEEK);
    }

    /** What a row is called. */
    public String text(long row) {
      return this == DATE
          ? LocalDate.ofEpochDay(row).toString()
          : DayOfWeek.of((int) row + 1).name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is asked for.
   *
   * @param filter chooses the group
   */
  public record Question(Metric metric, Filter filter, Clock clock, Day day) {
    /** All that fit as one group. */
    public View view() {
      return new View(metric, Dimension.PROVIDER, filter);
    }
  }

  /**
   * An hour of a day.
   *
   * @param hour 0 to 23
   */
  public record Square(
      String day,
      int hour,
      Counts n,
      OptionalDouble p10,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble mean,
      Optional<Interval> interval) {
    /** Cells that lie so. */
    public static Square of(String day, int hour, Spread spread) {
      return new Square(
          day,
          hour,
          spread.n(),
          spread.p10(),
          spread.p50(),
          spread.p90(),
          spread.mean(),
          spread.interval());
    }
  }

  /** A map of these squares. */
  public static HeatMap of(
      Question question,
      List<String> days,
      List<Square> squares,
      Optional<String> leftOut,
      Instant computedAt) {
    return new HeatMap(
        question.metric(),
        question.metric().unit(),
        computedAt,
        Comparer.METHOD,
        leftOut,
        question.clock(),
        question.day(),
        days,
        squares);
  }
}
