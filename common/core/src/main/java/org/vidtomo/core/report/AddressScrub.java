package org.vidtomo.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.network.AddressWords;
import org.vidtomo.core.network.Literals;

/**
 * Takes an agent's address out of a report: servers like to repeat it in headers, names, URLs and
 * error pages. IPv4 is found as {@link AddressWords} are, as one number, in octal and hexadecimal,
 * backwards as in {@code in-addr.arpa}, and in IPv6; IPv6 likewise, and with it all addresses of
 * its /64, which are the same line's.
 */
public final class AddressScrub {
  /** What stands where the address was. */
  public static final String REMOVED = "(address removed)";

  private static final int V6_LINE_BYTES = 8;
  private static final String AFTER_ENCODED = "(?<=%[0-9a-f]{2})";
  private static final String HEX_START = "(?:" + AFTER_ENCODED + "|(?<![0-9a-f%]))";
  private static final String REPLACEMENT = Matcher.quoteReplacement(REMOVED);

  private final UnaryOperator<String> scrub;

  /** For one address; for a text that is none, that text. */
  public AddressScrub(String address) {
    scrub =
        Literals.parse(address)
            .map(AddressScrub::of)
            .orElse(text -> address.isEmpty() ? text : text.replace(address, REMOVED));
  }

  private static UnaryOperator<String> of(InetAddress address) {
    byte[] bytes = address.getAddress();
    Pattern others = address instanceof Inet4Address ? four(bytes) : six(bytes);
    return text ->
        AddressWords.replace(
            others.matcher(text).replaceAll(REPLACEMENT),
            (found, bits) -> same(found.getAddress(), bytes));
  }

  private static Optional<String> same(byte[] found, byte[] own) {
    if (own.length > found.length) {
      return Optional.empty();
    }
    boolean same =
        own.length < found.length
            ? carries(found, own)
            : Arrays.mismatch(found, own) < 0
                || (own.length > V6_LINE_BYTES && Arrays.mismatch(found, own) >= V6_LINE_BYTES);
    return same ? Optional.of(REMOVED) : Optional.empty();
  }

  /** In its last bytes as translators have it, or behind the first two as 6to4 has it. */
  private static boolean carries(byte[] six, byte[] four) {
    return Arrays.equals(six, 12, 16, four, 0, 4)
        || (six[0] == 0x20 && six[1] == 0x02 && Arrays.equals(six, 2, 6, four, 0, 4));
  }

  private static Pattern four(byte[] bytes) {
    List<String> octets = new ArrayList<>();
    for (byte each : bytes) {
      int octet = each & 0xff;
      octets.add("(?:0*%d|0x0*%x|0+%o)".formatted(octet, octet, octet));
    }
    String forth = String.join("(?:[._-]|%2e)", octets);
    Collections.reverse(octets);
    String back = String.join("(?:[._-]|%2e)", octets);
    long number = ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL;
    return Pattern.compile(
        "(?i)(?:%s|(?<![0-9])(?<![0-9][.-]))(?:%s|%s)(?![.-]?[0-9])|(?:%s|(?<![0-9.]))%d(?![0-9])|%s(?:0x)?%08x(?![0-9a-f])"
            .formatted(AFTER_ENCODED, forth, back, AFTER_ENCODED, number, HEX_START, number));
  }

  private static Pattern six(byte[] bytes) {
    String line = HexFormat.of().formatHex(bytes, 0, V6_LINE_BYTES);
    String back = String.join("\\.", new StringBuilder(line).reverse().toString().split(""));
    return Pattern.compile(
        "(?i)%s(?:0x)?%s[0-9a-f]{16}(?![0-9a-f])|(?:[0-9a-f]\\.){16}%s"
            .formatted(HEX_START, line, back));
  }

  /** The text without the address. */
  public String text(String text) {
    return scrub.apply(text);
  }

  /** Takes it out of all texts of a document. */
  public void in(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, scrubbed(object.get(name))));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, scrubbed(array.get(i)));
      }
    }
  }

  private JsonNode scrubbed(JsonNode node) {
    if (node.isTextual()) {
      String clean = text(node.textValue());
      return clean.equals(node.textValue()) ? node : TextNode.valueOf(clean);
    }
    in(node);
    return node;
  }
}
