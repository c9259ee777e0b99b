package org.vidtomo.launcher.print;

import java.util.Locale;

/** Quantities in the words of a person. */
public final class Units {
  private Units() {}

  static String millis(long micros) {
    if (micros >= 10_000_000) {
      return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }
    if (micros >= 1_000_000) {
      return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }
    return String.format(Locale.ROOT, micros >= 100_000 ? "%.0f ms" : "%.1f ms", micros / 1e3);
  }

  static String rate(long bps) {
    if (bps >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2f Gbit/s", bps / 1e9);
    }
    if (bps >= 1_000_000) {
      return String.format(Locale.ROOT, "%.2f Mbit/s", bps / 1e6);
    }
    return String.format(Locale.ROOT, "%.0f kbit/s", bps / 1e3);
  }

  static String bytes(long bytes) {
    if (bytes >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
    if (bytes >= 1_000_000) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
    return bytes >= 1_000 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3) : bytes + " bytes";
  }

  /** Text from the network, made safe for a terminal: no control or direction characters. */
  public static String safe(String text, int most) {
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(Units::printable).limit(most + 1L).forEach(out::appendCodePoint);
    return out.codePointCount(0, out.length()) > most
        ? out.substring(0, out.offsetByCodePoints(0, most - 1)) + "…"
        : out.toString();
  }

  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
