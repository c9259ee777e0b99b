package org.vidtomo.sites.peertube;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * PeerTube writes one id in two ways: as a UUID, or that number in the base of 58 letters and
 * digits that Flickr made known.
 */
final class ShortId {
  private static final String DIGITS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  private ShortId() {}

  /** The UUID that either way stands for; empty when it is neither. */
  static Optional<String> uuid(String id) {
    if (id.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      return Optional.of(id.toLowerCase(Locale.ROOT));
    }
    if (!id.matches("[1-9a-km-zA-HJ-NP-Z]{22}")) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    for (char c : id.toCharArray()) {
      number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(c)));
    }
    return number.bitLength() > 128
        ? Optional.empty()
        : Optional.of(new UUID(number.shiftRight(64).longValue(), number.longValue()).toString());
  }
}
