package org.vidtomo.runtime.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations, sizes and rates as people write them in settings, flags and campaigns. Every method
 * throws {@link IllegalArgumentException} with what is allowed.
 */
public final class Quantities {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµ/]*)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "min", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private static final Map<String, Long> BYTES =
      Map.of(
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  private static final Map<String, Long> BITS_PER_SECOND =
      Map.of(
          "bps", 1L,
          "kbps", 1_000L,
          "mbps", 1_000_000L,
          "gbps", 1_000_000_000L,
          "bit/s", 1L,
          "kbit/s", 1_000L,
          "mbit/s", 1_000_000L,
          "gbit/s", 1_000_000_000L);

  private Quantities() {}

  /**
   * {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 6h}, {@code 7d}, {@code 1h30m}; without a unit
   * seconds, as with curl. To the nanosecond; not negative.
   */
  public static Duration duration(String text) {
    String rule = "a duration such as 250ms, 30s, 5m, 6h, 1h30m or 7d";
    Matcher part = PART.matcher(text.strip());
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    boolean alone = PART.matcher(text.strip()).matches();
    while (part.find() && part.start() == end) {
      String unit = part.group(2).isEmpty() && alone ? "s" : part.group(2);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(factor(NANOS, unit, text, rule)));
      end = part.end();
    }
    if (end == 0 || end != text.strip().length()) {
      throw notA(rule, text);
    }
    return Duration.ofNanos(exact(nanos, text, rule));
  }

  /**
   * {@code 100MB}, {@code 64MiB}, {@code 1.5GB}, in any case; without a unit bytes. MB is 1,000,000
   * bytes, MiB is 1,048,576. Not negative.
   */
  public static long bytes(String text) {
    return single(text, BYTES, "b", "a size such as 500kB, 100MB, 64MiB or 2GB");
  }

  /** {@code 100Mbps}, {@code 1.5Gbit/s}, in any case; without a unit bit/s. Not negative. */
  public static long bitsPerSecond(String text) {
    return single(text, BITS_PER_SECOND, "bps", "a rate such as 500kbps, 100Mbps or 1Gbps");
  }

  /** As {@link #duration} reads it, in the largest units that tell it exactly. */
  public static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    StringBuilder text = new StringBuilder();
    for (String unit : List.of("d", "h", "m", "s", "ms", "us", "ns")) {
      long factor = NANOS.get(unit);
      if (nanos >= factor) {
        text.append(nanos / factor).append(unit);
        nanos %= factor;
      }
    }
    return text.toString();
  }

  /** For a person, rounded to three digits: {@code 104 MB}. */
  public static String bytesText(long bytes) {
    return rounded(bytes, "B", "kB", "MB", "GB", "TB");
  }

  /** For a person, rounded to three digits: {@code 9.53 Mbit/s}. */
  public static String rateText(long bitsPerSecond) {
    return rounded(bitsPerSecond, "bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s");
  }

  private static long single(String text, Map<String, Long> units, String bare, String rule) {
    Matcher part = PART.matcher(text.strip());
    if (!part.matches()) {
      throw notA(rule, text);
    }
    String unit = part.group(2).isEmpty() ? bare : part.group(2);
    return exact(
        new BigDecimal(part.group(1))
            .multiply(factor(units, unit.toLowerCase(Locale.ROOT), text, rule)),
        text,
        rule);
  }

  private static BigDecimal factor(Map<String, Long> units, String unit, String text, String rule) {
    Long factor = units.get(unit);
    if (factor == null) {
      throw notA(rule, text);
    }
    return BigDecimal.valueOf(factor);
  }

  private static long exact(BigDecimal value, String text, String rule) {
    if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(text + " is too large for " + rule);
    }
    return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static IllegalArgumentException notA(String rule, String text) {
    return new IllegalArgumentException("must be " + rule + ", is \"" + text + "\"");
  }

  private static String rounded(long value, String... units) {
    double scaled = value;
    int unit = 0;
    while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    int digits = unit == 0 || Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f %s", scaled, units[unit]);
  }
}
