package org.vidtomo.bench;

import java.util.Locale;

/** What a benchmark prints: the same numbers in every country. Thread-safe. */
public final class Say {
  private Say() {}

  /** Prints a line. */
  public static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
