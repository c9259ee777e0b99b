package org.vidtomo.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.network.Literals;

/**
 * Takes an agent's address out of a report: servers like to repeat it in headers, names, URLs and
 * error pages. IPv4 is found with dots or dashes; IPv6 in every way of writing it, percent-encoded
 * colons too, and with it all addresses of its /64, which are the same line's.
 */
public final class AddressScrub {
  /** What stands where the address was. */
  public static final String REMOVED = "(address removed)";

  private static final Pattern V6_WORD = Pattern.compile("(?i)(?:%3a|[0-9a-f:])++");
  private static final int V6_LINE_BYTES = 8;

  private final UnaryOperator<String> scrub;

  /** For one address; for a text that is none, that text. */
  public AddressScrub(String address) {
    scrub =
        Literals.parse(address)
            .map(AddressScrub::of)
            .orElse(text -> address.isEmpty() ? text : text.replace(address, REMOVED));
  }

  private static UnaryOperator<String> of(InetAddress address) {
    if (address instanceof Inet4Address) {
      String dotted = address.getHostAddress().replace(".", "[.-]");
      Pattern pattern = Pattern.compile("(?<![0-9])(?<![0-9][.-])" + dotted + "(?![.-]?[0-9])");
      return text -> pattern.matcher(text).replaceAll(Matcher.quoteReplacement(REMOVED));
    }
    byte[] line = Arrays.copyOf(address.getAddress(), V6_LINE_BYTES);
    return text -> V6_WORD.matcher(text).replaceAll(word -> sixth(word, line));
  }

  private static String sixth(MatchResult word, byte[] line) {
    String text = word.group().replaceAll("(?i)%3a", ":");
    boolean same =
        Literals.parse(text)
            .map(InetAddress::getAddress)
            .filter(bytes -> bytes.length > V6_LINE_BYTES)
            .filter(bytes -> Arrays.equals(Arrays.copyOf(bytes, V6_LINE_BYTES), line))
            .isPresent();
    return Matcher.quoteReplacement(same ? REMOVED : word.group());
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
