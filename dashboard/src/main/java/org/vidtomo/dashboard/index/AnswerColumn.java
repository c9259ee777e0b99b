package org.vidtomo.dashboard.index;

import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.UnanswerableException;

/**
 * One metric of resolvers' answers: how long it took, the delay to the address that it gave, or
 * whether it gave none.
 */
final class AnswerColumn {
  private static final double MICROS = 1e6;

  private final Metric metric;
  private final Answers answers;

  /** A column of a metric that {@link #check} allows. */
  AnswerColumn(Metric metric, Answers answers) {
    this.metric = metric;
    this.answers = answers;
  }

  /**
   * Checks that resolvers can be compared by a metric.
   *
   * @throws UnanswerableException when the media's way has nothing to do with what others said
   */
  static void check(Metric metric) {
    if (metric != Metric.RESOLVE_TIME && metric != Metric.RTT && metric != Metric.FAILURE_RATIO) {
      throw new UnanswerableException(
          UnanswerableException.Reason.MEANINGLESS,
          "by=resolver answers resolve_time, rtt and failure_ratio: the media came over the"
              + " system's resolver, whatever the others said");
    }
  }

  /** In the metric's unit; NaN: the answer does not count. */
  double value(int answer) {
    return switch (metric) {
      case RESOLVE_TIME -> seconds(answers.elapsedMicros()[answer]);
      case RTT -> seconds(answers.rttMicros()[answer]);
      default -> failure(answer);
    };
  }

  private double failure(int answer) {
    if ((answers.notes()[answer] & Answers.FAILED_ELSEWHERE) != 0) {
      return Double.NaN;
    }
    return failed(answer) ? 1 : 0;
  }

  /** Whether it stands for a failure. */
  boolean failed(int answer) {
    return metric == Metric.FAILURE_RATIO && (answers.notes()[answer] & Answers.FAILED) != 0;
  }

  private static double seconds(int micros) {
    return micros < 0 ? Double.NaN : micros / MICROS;
  }
}
