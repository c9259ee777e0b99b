package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Within each agent the two groups change places by chance. */
final class SignFlips {
  /** Rounding makes equal ones differ. */
  private static final double SLACK = 1 - 1e-9;

  /** The signs of so many change like Student's t tells. */
  private static final int MANY = 60;

  /** So many change signs together, by a table. */
  private static final int TOGETHER = 8;

  private static final int COINS = 1 << TOGETHER;

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
    if (differences.length >= MANY) {
      return StudentT.p(differences);
    }
    double[] sums = sums();
    return resampling.p(name, random -> asExtreme(sums, random));
  }

  /** For each few differences, their sums with every choice of signs. */
  private double[] sums() {
    int tables = (differences.length + TOGETHER - 1) / TOGETHER;
    double[] sums = new double[tables * COINS];
    for (int i = 0; i < differences.length; i++) {
      int table = i / TOGETHER * COINS;
      int coin = 1 << i % TOGETHER;
      for (int coins = 0; coins < COINS; coins++) {
        sums[table + coins] += (coins & coin) == 0 ? differences[i] : -differences[i];
      }
    }
    return sums;
  }

  private boolean asExtreme(double[] sums, SplittableRandom random) {
    double sum = 0;
    // Of fewer differences than a long has bits.
    long coins = random.nextLong();
    for (int table = 0; table < sums.length; table += COINS) {
      sum += sums[table + (int) (coins & (COINS - 1))];
      coins >>>= TOGETHER;
    }
    return Math.abs(sum) >= seen;
  }
}
