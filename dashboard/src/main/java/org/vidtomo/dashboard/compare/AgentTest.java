package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * Whether the agents of one group score otherwise than those of another. Scores of medians are
 * compared by their ranks, so that infinite ones take part; those of means as they are. Keeps
 * distributions that it computed. Thread-safe.
 */
final class AgentTest {
  /** An interval of 95 % is so many standard errors wide. */
  private static final double TWO_SIDES = 2 * 1.96;

  private final Centre centre;
  private final Resampling resampling;
  private final Map<Long, RankDistribution> ofTwo = new ConcurrentHashMap<>();
  private final Map<Integer, RankDistribution> ofSigns = new ConcurrentHashMap<>();

  /**
   * What a test says.
   *
   * @param difference of the first less the second, perhaps infinite
   * @param interval 95 %; absent when an end is infinite
   * @param p before adjustment
   */
  record Outcome(double difference, Optional<Interval> interval, double p) {}

  AgentTest(Centre centre, Resampling resampling) {
    this.centre = centre;
    this.resampling = resampling;
  }

  /** The difference alone, for however few. */
  double difference(double[] a, double[] b) {
    return centre == Centre.MEAN
        ? StudentT.mean(a) - StudentT.mean(b)
        : HodgesLehmann.of(a, b).estimate();
  }

  /** The interval alone: at least two on each side. */
  Optional<Interval> interval(double[] a, double[] b) {
    return centre == Centre.MEAN
        ? StudentT.interval(a, b)
        : HodgesLehmann.of(a, b).interval(chance(a.length, b.length).end());
  }

  private RankDistribution chance(int a, int b) {
    return ofTwo.computeIfAbsent(((long) a << 32) + b, k -> RankDistribution.ofTwoSamples(a, b));
  }

  /** The same within agents. */
  double difference(double[] differences) {
    return centre == Centre.MEAN
        ? StudentT.mean(differences)
        : HodgesLehmann.of(differences).estimate();
  }

  /**
   * The same when the difference errs more than scores scatter: by as much as that is more, the
   * interval is wider, and the difference is held against less.
   *
   * @param leftOut variance of the difference that is not in the scores' scatter
   */
  Outcome test(String name, double[] a, double[] b, double leftOut) {
    Outcome outcome = test(name, a, b);
    if (leftOut <= 0 || outcome.interval().isEmpty()) {
      return outcome;
    }
    Interval interval = outcome.interval().get();
    double error = (interval.high() - interval.low()) / TWO_SIDES;
    if (error <= 0) {
      return outcome;
    }
    double wider = Math.sqrt(1 + leftOut / error / error);
    double middle = outcome.difference();
    double less = middle * (1 - 1 / wider);
    double[] nearer = Arrays.stream(a).map(score -> score - less).toArray();
    return new Outcome(
        middle,
        Interval.of(
            middle - (middle - interval.low()) * wider,
            middle + (interval.high() - middle) * wider),
        test(name, nearer, b).p());
  }

  /** Agents of one group beside other agents of another: at least two on each side. */
  Outcome test(String name, double[] a, double[] b) {
    if (centre == Centre.MEAN) {
      return new Outcome(
          difference(a, b), StudentT.interval(a, b), new Permutation(a, b).p(name, resampling));
    }
    RankDistribution chance = chance(a.length, b.length);
    HodgesLehmann shift = HodgesLehmann.of(a, b);
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    Ranks all = Ranks.of(both);
    double[] ranks = all.all();
    double[] ranksA = Arrays.copyOf(ranks, a.length);
    double above = Arrays.stream(ranksA).sum() - a.length * (a.length + 1) / 2.0;
    double p =
        all.tied()
            ? new Permutation(ranksA, Arrays.copyOfRange(ranks, a.length, ranks.length))
                .p(name, resampling)
            : chance.p(Math.round(above));
    return new Outcome(shift.estimate(), shift.interval(chance.end()), p);
  }

  /** The same agents in both groups, by each one's difference: at least two. */
  Outcome test(String name, double[] differences) {
    if (centre == Centre.MEAN) {
      return new Outcome(
          difference(differences),
          StudentT.interval(differences),
          new SignFlips(differences).p(name, resampling));
    }
    RankDistribution chance =
        ofSigns.computeIfAbsent(
            differences.length, k -> RankDistribution.ofSigns(differences.length));
    HodgesLehmann shift = HodgesLehmann.of(differences);
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    Ranks ranks = Ranks.of(sizes);
    double[] signed = ranks.all().clone();
    double above = 0;
    for (int i = 0; i < signed.length; i++) {
      signed[i] *= Math.signum(differences[i]);
      above += Math.max(0, signed[i]);
    }
    boolean exact = !ranks.tied() && Arrays.stream(sizes).allMatch(size -> size > 0);
    double p = exact ? chance.p(Math.round(above)) : new SignFlips(signed).p(name, resampling);
    return new Outcome(shift.estimate(), shift.interval(chance.end()), p);
  }
}
