package org.vidtomo.core.network;

import java.util.OptionalLong;

/** Numbers of autonomous systems: 1 to 4294967294 (RFC 6793, RFC 7300; 0 is RFC 7607's). */
public final class AsNumber {
  private static final long MOST = 0xffff_fffeL;

  private AsNumber() {}

  /** Reads {@code 15169}, {@code AS15169} or, as RFC 5396 has it, {@code 2.10}. */
  public static OptionalLong parse(String text) {
    String digits = text.regionMatches(true, 0, "AS", 0, 2) ? text.substring(2) : text;
    int dot = digits.indexOf('.');
    long number =
        dot < 0
            ? decimal(digits, 10)
            : high(decimal(digits.substring(0, dot), 5), decimal(digits.substring(dot + 1), 5));
    return isOne(number) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** Whether a system may have that number. */
  public static boolean isOne(long number) {
    return number >= 1 && number <= MOST;
  }

  private static long high(long high, long low) {
    return high < 0 || low < 0 || high > 0xffff || low > 0xffff ? -1 : high << 16 | low;
  }

  private static long decimal(String digits, int mostDigits) {
    if (digits.isEmpty() || digits.length() > mostDigits) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      value = value * 10 + digit - '0';
    }
    return value;
  }
}
