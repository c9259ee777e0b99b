package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * IPv6 addresses behind which a network's translator reaches IPv4 (RFC 6052).
 *
 * @param bits 32, 40, 48, 56, 64 or 96
 * @param prefix in lower-case hexadecimal digits, as many as {@code bits} are
 */
public record TranslationPrefix(int bits, String prefix) {
  /** Where the four bytes of the IPv4 address stand (RFC 6052 §2.2); byte 8 is not used. */
  private static final Map<Integer, List<Integer>> PLACES =
      new TreeMap<>(
          Map.of(
              32, List.of(4, 5, 6, 7),
              40, List.of(5, 6, 7, 9),
              48, List.of(6, 7, 9, 10),
              56, List.of(7, 9, 10, 11),
              64, List.of(9, 10, 11, 12),
              96, List.of(12, 13, 14, 15)));

  /** What {@code ipv4only.arpa} stands for in IPv4 (RFC 7050 §2.2), and nothing else does. */
  private static final List<byte[]> KNOWN =
      List.of(new byte[] {(byte) 192, 0, 0, (byte) 170}, new byte[] {(byte) 192, 0, 0, (byte) 171});

  public TranslationPrefix {
    requireNonNull(prefix, "prefix");
    if (!PLACES.containsKey(bits) || prefix.length() != bits / 4) {
      throw new IllegalArgumentException(prefix + "/" + bits + " is no prefix of RFC 6052");
    }
  }

  /**
   * The prefixes that an IPv6 address of {@code ipv4only.arpa} tells of (RFC 7050 §3).
   *
   * @param address 16 bytes; others tell nothing
   */
  public static Set<TranslationPrefix> toldBy(byte[] address) {
    Set<TranslationPrefix> told = new LinkedHashSet<>();
    if (address.length == 16) {
      PLACES.forEach(
          (bits, places) -> {
            byte[] inside = at(places, address);
            if (KNOWN.stream().anyMatch(known -> Arrays.equals(known, inside))) {
              told.add(new TranslationPrefix(bits, hex(address, bits)));
            }
          });
    }
    return told;
  }

  /** The IPv4 address that an address leads to; empty when it is not behind this prefix. */
  public Optional<byte[]> ipv4In(byte[] address) {
    return address.length == 16 && hex(address, bits).equals(prefix)
        ? Optional.of(at(PLACES.get(bits), address))
        : Optional.empty();
  }

  private static byte[] at(List<Integer> places, byte[] address) {
    byte[] inside = new byte[places.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = address[places.get(i)];
    }
    return inside;
  }

  private static String hex(byte[] address, int bits) {
    return HexFormat.of().formatHex(address, 0, bits / 8);
  }
}
