package org.vidtomo.agent.manifest.dash;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.sites.Urls;

/**
 * SegmentTemplate's identifiers (ISO/IEC 23009-1 §5.3.9.4.4): {@code $RepresentationID$}, {@code
 * $Number$}, {@code $Time$}, {@code $Bandwidth$} with an optional width {@code %0Nd}, and {@code
 * $$}.
 */
final class UrlTemplate {
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\$(?:(RepresentationID|Number|Time|Bandwidth)(?:%0?([0-9]{1,2})d)?)?\\$");

  private UrlTemplate() {}

  static String fill(String template, String id, long bandwidth, long number, long time) {
    Map<String, Long> numbers = Map.of("Number", number, "Time", time, "Bandwidth", bandwidth);
    Matcher identifiers = IDENTIFIER.matcher(template);
    StringBuilder filled = new StringBuilder();
    // What is longer is no URL any more, however many identifiers follow.
    while (filled.length() <= Urls.MAX_LENGTH && identifiers.find()) {
      identifiers.appendReplacement(
          filled, Matcher.quoteReplacement(value(identifiers, id, numbers)));
    }
    return identifiers.appendTail(filled).toString();
  }

  private static String value(
      java.util.regex.MatchResult match, String id, Map<String, Long> numbers) {
    if (match.group(1) == null) {
      return "$";
    }
    if (match.group(1).equals("RepresentationID")) {
      return id;
    }
    int width = match.group(2) == null ? 1 : Math.max(1, Integer.parseInt(match.group(2)));
    return String.format(Locale.ROOT, "%0" + width + "d", numbers.get(match.group(1)));
  }
}
