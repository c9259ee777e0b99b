package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Within each agent the two groups change places by chance. */
final class SignFlips {
  /** Rounding makes equal ones differ. */
  private static final double SLACK = 1 - 1e-9;

  /** The signs of so many change like Student's t tells. */
  private static final int MANY = 60;

  private final double[] differences;
  private final double seen;

  SignFlips(double[] differences) {
    this.differences = differences.clone();
    this.seen = Math.abs(Arrays.stream(differences).sum()) * SLACK;
  }

  double p(String name, Resampling resampling) {
    if (seen == 0) {
      return 1;
    }
    return differences.length >= MANY
        ? StudentT.p(differences)
        : resampling.p(name, this::asExtreme);
  }

  private boolean asExtreme(SplittableRandom random) {
    double sum = 0;
    long coins = 0;
    for (int i = 0; i < differences.length; i++) {
      coins = i % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
      sum += (coins & 1) == 0 ? differences[i] : -differences[i];
    }
    return Math.abs(sum) >= seen;
  }
}
