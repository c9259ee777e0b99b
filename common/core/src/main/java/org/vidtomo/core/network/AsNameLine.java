package org.vidtomo.core.network;

import java.util.Optional;

/**
 * A line of a list of autonomous systems as RIPE and the CIDR report write it: {@code 15169 GOOGLE,
 * US}, the country being what follows the last comma.
 */
public record AsNameLine(long number, String name, Optional<String> country) {
  private static final int MAX_LENGTH = 2_000;

  /**
   * Reads a line.
   *
   * @return empty for a blank line or a comment ({@code #}, {@code ;}, {@code %})
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Optional<AsNameLine> parse(String line) {
    if (line.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
    }
    String text = line.strip();
    if (text.isEmpty() || "#;%".indexOf(text.charAt(0)) >= 0) {
      return Optional.empty();
    }
    String[] words = text.split("\\s+", 2);
    long number =
        AsNumber.parse(words[0])
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "does not begin with an AS number: " + PrefixLine.shown(text)));
    return Optional.of(named(number, words.length < 2 ? "" : words[1]));
  }

  /** Country codes are two capital letters; {@code ZZ} is said where there is none. */
  private static AsNameLine named(long number, String rest) {
    int comma = rest.lastIndexOf(',');
    String code = rest.substring(comma + 1).strip();
    if (comma < 0 || !code.matches("[A-Z]{2}")) {
      return new AsNameLine(number, rest.strip(), Optional.empty());
    }
    return new AsNameLine(
        number, rest.substring(0, comma).strip(), Optional.of(code).filter(c -> !c.equals("ZZ")));
  }
}
