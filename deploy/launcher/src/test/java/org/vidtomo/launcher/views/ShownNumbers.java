package org.vidtomo.launcher.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that a person reads, held against those that they stand for. */
final class ShownNumbers {
  private static final Pattern NUMBER =
      Pattern.compile("(< )?(-?[0-9][0-9.,]*)(?:[ \u00a0]?(µs|ms|s|min|%|[kMG]?bit/s)(?![a-z]))?");

  /** Of three digits that are shown the last may be rounded, of a per cent the second. */
  private static final double ROUNDED = 0.0051;

  private static final double PER_CENT_ROUNDED = 0.051;

  private ShownNumbers() {}

  private record Shown(double value, double rounded, boolean below) {}

  /** The text has these numbers in this order, in seconds, bit/s or as they are. */
  static void are(String what, String text, List<Double> expected) {
    List<Shown> shown = read(text);
    assertThat(shown).as(what + ": \"" + text + "\" has " + expected).hasSameSizeAs(expected);
    for (int i = 0; i < shown.size(); i++) {
      Shown each = shown.get(i);
      double wanted = expected.get(i);
      if (each.below()) {
        assertThat(wanted).as(what + ": " + text).isStrictlyBetween(0.0, each.value());
      } else {
        assertThat(each.value())
            .as(what + ": number " + i + " of \"" + text + "\" of " + expected)
            .isCloseTo(wanted, within(Math.abs(wanted) * each.rounded() + 1e-12));
      }
    }
  }

  private static List<Shown> read(String text) {
    List<Shown> found = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      double number = Double.parseDouble(matcher.group(2).replace(",", ""));
      String unit = matcher.group(3) == null ? "" : matcher.group(3);
      double factor =
          switch (unit) {
            case "µs" -> 1e-6;
            case "ms" -> 1e-3;
            case "min" -> 60;
            case "%" -> 1e-2;
            case "kbit/s" -> 1e3;
            case "Mbit/s" -> 1e6;
            case "Gbit/s" -> 1e9;
            default -> 1;
          };
      double rounded = unit.equals("%") || unit.equals("µs") ? PER_CENT_ROUNDED : ROUNDED;
      found.add(new Shown(number * factor, rounded, matcher.group(1) != null));
    }
    return found;
  }
}
