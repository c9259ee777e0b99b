package org.vidtomo.core.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a list of prefixes, in one of two usual forms: CAIDA's and RouteViews' pfx2as, which is
 * {@code PREFIX LENGTH AS}, or {@code PREFIX/LENGTH AS} as pyasn writes it. Systems that announce
 * the same prefix are joined by {@code _}, those of an AS set by {@code ,}.
 *
 * @param length 1 to 32, or to 128
 * @param origins in the line's order, each once
 */
public record PrefixLine(InetAddress address, int length, List<Long> origins) {
  private static final int MAX_LENGTH = 2_000;

  public PrefixLine {
    origins = List.copyOf(origins);
  }

  /**
   * Reads a line.
   *
   * @return empty for a blank line or a comment ({@code #}, {@code ;}, {@code %})
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Optional<PrefixLine> parse(String line) {
    if (line.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
    }
    String text = line.strip();
    if (text.isEmpty() || "#;%".indexOf(text.charAt(0)) >= 0) {
      return Optional.empty();
    }
    String[] words = text.split("\\s+");
    int slash = words[0].indexOf('/');
    int wanted = slash < 0 ? 3 : 2;
    if (words.length != wanted) {
      throw new IllegalArgumentException(
          "neither \"PREFIX LENGTH AS\" nor \"PREFIX/LENGTH AS\": " + shown(text));
    }
    String prefix = slash < 0 ? words[0] : words[0].substring(0, slash);
    String bits = slash < 0 ? words[1] : words[0].substring(slash + 1);
    InetAddress address =
        Literals.parse(prefix)
            .orElseThrow(() -> new IllegalArgumentException("no address: " + shown(prefix)));
    return Optional.of(new PrefixLine(address, length(bits, address), origins(words[wanted - 1])));
  }

  private static int length(String bits, InetAddress address) {
    int most = address instanceof Inet4Address ? NetworkTable.V4_LONGEST : NetworkTable.V6_LONGEST;
    int length = bits.matches("[0-9]{1,3}") ? Integer.parseInt(bits) : -1;
    if (length < 1 || length > most) {
      // A default route would be everybody's network.
      throw new IllegalArgumentException(
          "the length must be 1 to %d, is %s".formatted(most, shown(bits)));
    }
    return length;
  }

  private static List<Long> origins(String text) {
    List<Long> origins = new ArrayList<>();
    String bare = text.replaceAll("[{}]", "");
    for (String number : bare.split("[_,]", -1)) {
      long origin =
          AsNumber.parse(number)
              .orElseThrow(() -> new IllegalArgumentException("no AS number: " + shown(text)));
      if (!origins.contains(origin)) {
        origins.add(origin);
      }
    }
    return origins;
  }

  static String shown(String text) {
    String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
    return "\"" + (safe.length() > 60 ? safe.substring(0, 60) + "…" : safe) + "\"";
  }
}
