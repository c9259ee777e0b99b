package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.WireName;

/**
 * What can be compared. Times are in seconds, rates in bit/s, ratios from 0 to 1.
 *
 * <p>The band is the difference below which two groups count as equal: an absolute one in the
 * metric's unit, or a share of the better one's median, whichever is larger.
 */
public enum Metric implements WireName {
  STARTUP_DELAY("s", Better.LOWER, Centre.MEDIAN, 0.1, 0.05),
  STALL_RATIO("ratio", Better.LOWER, Centre.MEAN, 0.01, 0),
  STALL_COUNT("stalls", Better.LOWER, Centre.MEDIAN, 0.5, 0),
  STALLING_MOS("MOS", Better.HIGHER, Centre.MEDIAN, 0.1, 0),
  GOODPUT("bit/s", Better.HIGHER, Centre.MEDIAN, 0, 0.05),
  TIME_TO_FIRST_BYTE("s", Better.LOWER, Centre.MEDIAN, 0.01, 0.05),
  RTT("s", Better.LOWER, Centre.MEDIAN, 0.002, 0.05),
  RESOLVE_TIME("s", Better.LOWER, Centre.MEDIAN, 0.005, 0.05),
  FAILURE_RATIO("ratio", Better.LOWER, Centre.MEAN, 0.01, 0);

  /** Which values are the good ones. */
  public enum Better {
    LOWER,
    HIGHER
  }

  /** What stands for the middle: ratios are mostly 0, so that their median would hide them. */
  public enum Centre {
    MEDIAN,
    MEAN
  }

  private final String unit;
  private final Better better;
  private final Centre centre;
  private final double absoluteBand;
  private final double relativeBand;

  Metric(String unit, Better better, Centre centre, double absoluteBand, double relativeBand) {
    this.unit = unit;
    this.better = better;
    this.centre = centre;
    this.absoluteBand = absoluteBand;
    this.relativeBand = relativeBand;
  }

  /** The metric of that wire name, if there is one. */
  public static Optional<Metric> of(String wireName) {
    return Arrays.stream(values()).filter(m -> m.wireName().equals(wireName)).findFirst();
  }

  /** All wire names, for messages to people. */
  public static String names() {
    return Arrays.stream(values())
        .map(m -> m.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** {@code s}, {@code bit/s}, {@code ratio}, {@code stalls} or {@code MOS}. */
  public String unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  public Centre centre() {
    return centre;
  }

  /** Whether what videos, hours and lines do to it multiplies, as with all times and rates. */
  boolean multiplies() {
    return relativeBand > 0;
  }

  /** The value that ranks behind all others: infinite time, no rate. */
  public double worst() {
    return better == Better.LOWER ? Double.POSITIVE_INFINITY : 0;
  }

  /** The smallest difference that is one, in the metric's unit, beside a group of that middle. */
  public double equivalenceBand(double middle) {
    return Math.max(absoluteBand, relativeBand * Math.abs(middle));
  }
}
