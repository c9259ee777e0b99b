package org.vidtomo.aggregator.derive;

/** Whether two numbers of one report say the same. */
final class Agreement {
  /** Numbers are rounded, and arrivals of a large report are put together. */
  private static final double SHARE = 0.02;

  private Agreement() {}

  /** Whether they are apart by more than 2 % of the greater one, and by more than 1. */
  static boolean differ(double said, double seen) {
    return Math.abs(said - seen) > Math.max(1, SHARE * Math.max(Math.abs(said), Math.abs(seen)));
  }
}
