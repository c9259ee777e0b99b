package org.vidtomo.launcher.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as other software writes them: {@code 3.10.8}, {@code 5.0-beta1}. */
final class Versions {
  private static final Pattern TWO_NUMBERS = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

  private Versions() {}

  /** Whether it is known to be below. */
  static boolean isBelow(String version, int major, int minor) {
    Matcher numbers = TWO_NUMBERS.matcher(version);
    if (!numbers.find()) {
      return false;
    }
    int foundMajor = Integer.parseInt(numbers.group(1));
    int foundMinor = Integer.parseInt(numbers.group(2));
    return foundMajor < major || foundMajor == major && foundMinor < minor;
  }
}
