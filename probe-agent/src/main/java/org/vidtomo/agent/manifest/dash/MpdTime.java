package org.vidtomo.agent.manifest.dash;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** XML Schema's times (xs:duration, xs:dateTime) in microseconds. */
final class MpdTime {
  /** Ten years: longer ones are taken for damage. */
  private static final long MAX_MICROS = Duration.ofDays(3650).toSeconds() * 1_000_000;

  /** From 1600 to 2340: differences of two stay far from overflowing. */
  private static final long MAX_UNIX_MICROS = Duration.ofDays(135_000).toSeconds() * 1_000_000;

  private static final String N = "([0-9]{1,12}(?:\\.[0-9]{1,12})?)";
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?:" + N + "Y)?(?:" + N + "M)?(?:" + N + "D)?" + "(?:T(?:" + N + "H)?(?:" + N + "M)?(?:"
              + N + "S)?)?");

  /** Of years, months, days, hours, minutes, seconds; a month counts 30 days. */
  private static final long[] SECONDS = {31_536_000, 2_592_000, 86_400, 3_600, 60, 1};

  private MpdTime() {}

  /** A duration, not negative; empty when it is none. */
  static OptionalLong duration(Optional<String> text) {
    Matcher form = DURATION.matcher(text.orElse("").strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < SECONDS.length; i++) {
      if (form.group(i + 1) != null) {
        sum = sum.add(new BigDecimal(form.group(i + 1)).multiply(BigDecimal.valueOf(SECONDS[i])));
      }
    }
    BigDecimal micros = sum.movePointRight(6);
    return micros.compareTo(BigDecimal.valueOf(MAX_MICROS)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(micros.doubleValue()));
  }

  /** Unix time of a date; without a zone it is UTC. Dates centuries away are none. */
  static OptionalLong date(Optional<String> text) {
    try {
      long unix = text.isEmpty() ? Long.MAX_VALUE : unix(text.get().strip());
      return unix < -MAX_UNIX_MICROS || unix > MAX_UNIX_MICROS
          ? OptionalLong.empty()
          : OptionalLong.of(unix);
    } catch (DateTimeParseException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static long unix(String text) {
    Instant instant =
        text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$") && text.contains("T")
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}
