package org.vidtomo.dashboard.compare;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The answer to {@code /api/v1/compare}. Absent means not known; {@code why} says why. Infinite
 * values (more failures than the quantile leaves room for) are absent too: JSON has none.
 *
 * @param unit of all values
 * @param method its version, a colon and what is done, in words
 * @param leftOut agents that do not take part, and why
 */
public record Comparison(
    Metric metric,
    Dimension by,
    String unit,
    Instant computedAt,
    String method,
    Optional<String> leftOut,
    List<Group> groups,
    List<Pair> pairs) {

  public Comparison {
    groups = List.copyOf(groups);
    pairs = List.copyOf(pairs);
  }

  /**
   * What values rest on.
   *
   * @param used cells that were computed with, when these are not all
   */
  public record Counts(int cells, int agents, int prefixes, int videos, OptionalInt used) {
    /** All cells are used. */
    public Counts(int cells, int agents, int prefixes, int videos) {
      this(cells, agents, prefixes, videos, OptionalInt.empty());
    }
  }

  /** A 95 % interval; in JSON {@code [low, high]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"low", "high"})
  public record Interval(double low, double high) {
    /** Empty when an end is not finite. */
    static Optional<Interval> of(double low, double high) {
      return Double.isFinite(low) && Double.isFinite(high)
          ? Optional.of(new Interval(low, high))
          : Optional.empty();
    }
  }

  /**
   * One group, such as an ISP.
   *
   * @param mean of a ratio, each agent weighing the same; the quantiles are then over agents
   * @param interval of the median, of a ratio's mean
   * @param rank 1 for the best; equal ones share a rank
   * @param failedShare of the weight, failures that rank as the worst value; 0 to 1
   * @param rule that says what is enough to rank it
   * @param enough whether there is
   * @param why what is not known, and the reason
   */
  public record Group(
      String key,
      Counts n,
      OptionalDouble p10,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble mean,
      Optional<Interval> interval,
      OptionalInt rank,
      double failedShare,
      String rule,
      boolean enough,
      Optional<String> why) {

    /** The same group with its rank. */
    Group withRank(int newRank) {
      return new Group(
          key,
          n,
          p10,
          p50,
          p90,
          mean,
          interval,
          OptionalInt.of(newRank),
          failedShare,
          rule,
          enough,
          why);
    }

    /** The same group with one more reason. */
    Group because(String reason) {
      String all = why.map(w -> w + "; " + reason).orElse(reason);
      return new Group(
          key, n, p10, p50, p90, mean, interval, rank, failedShare, rule, enough, Optional.of(all));
    }
  }

  /**
   * Two groups on the same videos in the same hours.
   *
   * @param n of both together, where both measured the same videos in the same hours
   * @param difference a − b
   * @param effect Cliff's delta within video-slots: −1 (a always lower) to 1
   * @param adjustedP after Benjamini and Hochberg over all pairs of the view, and at least the p of
   *     Kruskal and Wallis over its groups
   * @param videoSlots those that both have
   * @param rule that says what it takes for interval and p
   * @param why what is not known, and the reason
   */
  public record Pair(
      String a,
      String b,
      Counts n,
      OptionalDouble difference,
      Optional<Interval> interval,
      OptionalDouble effect,
      OptionalDouble adjustedP,
      int videoSlots,
      String rule,
      Optional<String> why) {

    /** The same, seen from the other side. */
    Pair turned() {
      return new Pair(
          b,
          a,
          n,
          negative(difference),
          interval.map(each -> new Interval(0 - each.high(), 0 - each.low())),
          negative(effect),
          adjustedP,
          videoSlots,
          rule,
          why);
    }

    private static OptionalDouble negative(OptionalDouble value) {
      // 0 − 0 is 0, where −0 would be shown as "-0".
      return value.isPresent() ? OptionalDouble.of(0 - value.getAsDouble()) : value;
    }

    Pair withAdjustedP(double p) {
      return new Pair(
          a, b, n, difference, interval, effect, OptionalDouble.of(p), videoSlots, rule, why);
    }
  }
}
