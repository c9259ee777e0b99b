package org.vidtomo.dashboard.compare;

import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Chance, made repeatable: agents change places, not rows, because one agent's rows depend on each
 * other. The same data gives the same answer.
 *
 * @param seed of the random numbers
 * @param least draws for each p
 * @param most draws for a p that is small
 */
public record Resampling(long seed, int least, int most) {
  public static final Resampling DEFAULTS = new Resampling(0x5EED, 999, 9_999);

  /** So many draws as extreme as what was seen tell a p well enough. */
  private static final int ENOUGH = 20;

  public Resampling {
    if (least < 19 || most < least) {
      throw new IllegalArgumentException(
          "draws must be at least 19 and most >= least, are %d and %d".formatted(least, most));
    }
  }

  /** A generator of its own for each name, so that one pair's draws don't move another's. */
  private SplittableRandom random(String name) {
    return new SplittableRandom(seed * 31 + name.hashCode());
  }

  /**
   * How often chance alone is as extreme. It draws until that is known well enough (Besag and
   * Clifford, "Sequential Monte Carlo p-values", Biometrika 78(2), 1991).
   *
   * @param asExtreme one draw: whether it is at least as extreme as what was seen
   */
  double p(String name, Predicate<SplittableRandom> asExtreme) {
    SplittableRandom random = random(name);
    int extreme = 0;
    int draws = 0;
    while (draws < least || (draws < most && extreme < ENOUGH)) {
      draws++;
      if (asExtreme.test(random)) {
        extreme++;
      }
    }
    return (1.0 + extreme) / (1.0 + draws);
  }
}
