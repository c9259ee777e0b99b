package org.vidtomo.aggregator.derive;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.core.network.AsNumber;

/**
 * What can be so of what an agent says. A signature tells whose word a report is, not that it is
 * true. Dashboards keep names in memory and take means over agents: a text is a short line, and a
 * value that nothing measured can have is not known.
 */
final class AgentsWord {
  static final int MAX_TITLE = 500;
  static final int MAX_VIDEO_ID = 500;
  static final int MAX_NAME = 253;

  private static final double LOWEST_SCORE = 1;
  private static final double HIGHEST_SCORE = 5;

  private AgentsWord() {}

  /** A name in one line: at most as long as a name in the DNS can be. */
  static String name(String text) {
    return line(text, MAX_NAME);
  }

  static Optional<String> name(Optional<String> text) {
    return text.map(AgentsWord::name);
  }

  /** In one line, without what moves a terminal's cursor or turns text round, and cut. */
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length() && line.length() < most) {
      int each = text.codePointAt(at);
      line.appendCodePoint(isShown(each) ? each : '\ufffd');
      at += Character.charCount(each);
    }
    return at < text.length() ? line.append('…').toString() : line.toString();
  }

  private static boolean isShown(int codePoint) {
    boolean turns =
        codePoint >= 0x202a && codePoint <= 0x202e || codePoint >= 0x2066 && codePoint <= 0x2069;
    return !turns
        && !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE
        && Character.getType(codePoint) != Character.LINE_SEPARATOR
        && Character.getType(codePoint) != Character.PARAGRAPH_SEPARATOR;
  }

  /** A number of an autonomous system. */
  static OptionalLong asn(OptionalLong number) {
    return number.isPresent() && AsNumber.isOne(number.getAsLong()) ? number : OptionalLong.empty();
  }

  /** What is counted or timed. */
  static OptionalLong count(OptionalLong value) {
    return value.isPresent() && value.getAsLong() >= 0 ? value : OptionalLong.empty();
  }

  static OptionalInt count(int value) {
    return value >= 0 ? OptionalInt.of(value) : OptionalInt.empty();
  }

  /** From 0 to 1. */
  static OptionalDouble ratio(OptionalDouble value) {
    return between(value, 0, 1);
  }

  /** A mean opinion score. */
  static OptionalDouble score(OptionalDouble value) {
    return between(value, LOWEST_SCORE, HIGHEST_SCORE);
  }

  private static OptionalDouble between(OptionalDouble value, double least, double most) {
    boolean can = value.isPresent() && value.getAsDouble() >= least && value.getAsDouble() <= most;
    return can ? value : OptionalDouble.empty();
  }
}
