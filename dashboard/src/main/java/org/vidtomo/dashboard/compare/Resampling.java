package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/**
 * Chance, made repeatable: agents are drawn, not rows, because one agent's rows depend on each
 * other. The same data gives the same answer.
 *
 * @param seed of the random numbers
 * @param replicates draws for each interval and each p
 */
public record Resampling(long seed, int replicates) {
  public static final Resampling DEFAULTS = new Resampling(0x5EED, 999);

  private static final double TAIL = 0.025;

  public Resampling {
    if (replicates < 19) {
      throw new IllegalArgumentException("replicates must be >= 19, is " + replicates);
    }
  }

  /** A generator of its own for each name, so that one group's draws don't move another's. */
  SplittableRandom random(String name) {
    return new SplittableRandom(seed * 31 + name.hashCode());
  }

  /** The 95 % percentile interval of a statistic, drawing agents with replacement. */
  Optional<Interval> interval(String name, int agents, ToDoubleFunction<int[]> statistic) {
    SplittableRandom random = random(name);
    double[] drawn = new double[replicates];
    for (int i = 0; i < replicates; i++) {
      drawn[i] = statistic.applyAsDouble(draw(random, agents));
    }
    return interval(drawn);
  }

  /** The 95 % percentile interval; empty when an end is not finite. */
  static Optional<Interval> interval(double[] drawn) {
    double[] known = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).toArray();
    if (known.length < drawn.length * 0.9) {
      return Optional.empty();
    }
    WeightedValues values = WeightedValues.equal(known);
    double low = values.quantile(TAIL);
    double high = values.quantile(1 - TAIL);
    return Double.isFinite(low) && Double.isFinite(high)
        ? Optional.of(new Interval(low, high))
        : Optional.empty();
  }

  /** How many times each of so many is drawn, drawing as many with replacement. */
  static int[] draw(SplittableRandom random, int count) {
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[random.nextInt(count)]++;
    }
    return times;
  }

  /** Shuffles in place (Fisher and Yates). */
  static void shuffle(SplittableRandom random, int[] items) {
    for (int i = items.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
  }
}
