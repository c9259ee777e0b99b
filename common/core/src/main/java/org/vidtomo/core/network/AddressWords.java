package org.vidtomo.core.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds addresses in texts, as programs and servers write them: IPv4 with dots, or with dashes as
 * in names of lines; IPv6 in every form of RFC 4291, with a port behind it, with dashes, and both
 * percent-encoded. Numbers that merely look like an address are taken for one.
 */
public final class AddressWords {
  private static final String AFTER_ENCODED = "(?<=%[0-9a-f]{2})";
  private static final String BITS = "(?=/([0-9]{1,3})(?![0-9]))?";

  private static final Pattern V4 =
      Pattern.compile(
          "(?i)(?:%s|(?<![0-9%%])(?<![0-9]\\.))([0-9]{1,4})([._-]|%%2e)([0-9]{1,4})\\2([0-9]{1,4})\\2([0-9]{1,4})(?!\\.?[0-9])%s"
              .formatted(AFTER_ENCODED, BITS));
  private static final Pattern V6 =
      Pattern.compile(
          "(?i)(?:%s|(?<![0-9a-z%%]))((?:%%3a|[0-9a-f:])++(?:\\.[0-9]{1,3}){0,3}+)(?![0-9a-z])%s"
              .formatted(AFTER_ENCODED, BITS));

  /** Of the addresses that are given to networks (RFC 4291 §2.4); else many words would be some. */
  private static final Pattern V6_DASHED =
      Pattern.compile(
          "(?i)(?:%s|(?<![0-9a-z%%])(?<![0-9a-f]-))([23][0-9a-f]{3}(?:--?[0-9a-f]{1,4}){1,7}+(?:--)?)(?![0-9a-z])"
              .formatted(AFTER_ENCODED));

  /** What may stand behind an address in one word with it. */
  private static final List<Pattern> TAILS =
      List.of(
          Pattern.compile("$"),
          Pattern.compile("(?<!:):$"),
          Pattern.compile("(?:\\.[0-9]+)+$"),
          Pattern.compile(":[0-9]{1,5}:?$"));

  private AddressWords() {}

  /** What is to stand in place of an address. */
  @FunctionalInterface
  public interface Replacement {
    /**
     * Chooses.
     *
     * @param bits of the prefix, where one is written behind the address
     * @return empty: the text stays as it is
     */
    Optional<String> of(InetAddress address, OptionalInt bits);
  }

  /** The text with its addresses replaced. */
  public static String replace(String text, Replacement replacement) {
    String without = V6.matcher(text).replaceAll(word -> six(word, replacement));
    without = V6_DASHED.matcher(without).replaceAll(word -> dashed(word, replacement));
    return V4.matcher(without).replaceAll(word -> four(word, replacement));
  }

  private static String four(MatchResult word, Replacement replacement) {
    StringBuilder dotted = new StringBuilder();
    for (int group : new int[] {1, 3, 4, 5}) {
      dotted.append(dotted.isEmpty() ? "" : ".").append(Integer.parseInt(word.group(group)));
    }
    return replaced(word, dotted.toString(), bits(word, 6), replacement);
  }

  private static String six(MatchResult word, Replacement replacement) {
    String text = word.group(1).replaceAll("(?i)%3a", ":");
    if (text.indexOf(':') == text.lastIndexOf(':')) {
      return same(word);
    }
    for (Pattern tail : TAILS) {
      String literal = tail.matcher(text).replaceFirst("");
      Optional<InetAddress> address = Literals.parse(literal);
      if (address.isPresent()) {
        return replacement
            .of(address.get(), bits(word, 2))
            .map(other -> Matcher.quoteReplacement(other + text.substring(literal.length())))
            .orElse(same(word));
      }
    }
    return same(word);
  }

  private static String dashed(MatchResult word, Replacement replacement) {
    return replaced(word, word.group(1).replace('-', ':'), OptionalInt.empty(), replacement);
  }

  private static String replaced(
      MatchResult word, String literal, OptionalInt bits, Replacement replacement) {
    return Literals.parse(literal)
        .flatMap(address -> replacement.of(address, bits))
        .map(Matcher::quoteReplacement)
        .orElse(same(word));
  }

  private static OptionalInt bits(MatchResult word, int group) {
    return word.group(group) == null
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(word.group(group)));
  }

  private static String same(MatchResult word) {
    return Matcher.quoteReplacement(word.group());
  }
}
