package org.vidtomo.sites;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Candidate;

/**
 * The variants that a master playlist lists (RFC 8216 §4.3.4.2), for a report's candidates. What is
 * played is chosen by the player from the playlist itself.
 */
public final class HlsMaster {
  private static final String TAG = "#EXT-X-STREAM-INF:";
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<![A-Z-])([A-Z-]++)=(\"[^\"]*+\"|[^,]*+)");
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final int MAX_LINE = 1 << 14;

  private HlsMaster() {}

  /** Each variant, and what some services add to it: the same as one file. */
  public static List<Candidate> candidates(String playlist) {
    List<Candidate> found = new ArrayList<>();
    for (String line : playlist.lines().toList()) {
      if (line.startsWith(TAG) && line.length() < MAX_LINE && found.size() < Page.MAX_FORMS) {
        found.add(variant(line.substring(TAG.length())));
      }
    }
    return List.copyOf(found);
  }

  private static Candidate variant(String attributes) {
    OptionalInt width = OptionalInt.empty();
    OptionalInt height = OptionalInt.empty();
    OptionalLong bitrate = OptionalLong.empty();
    String codecs = "";
    Matcher attribute = ATTRIBUTE.matcher(attributes);
    while (attribute.find()) {
      String value = attribute.group(2).replace("\"", "");
      Matcher size = SIZE.matcher(value);
      if (attribute.group(1).equals("RESOLUTION") && size.matches()) {
        width = OptionalInt.of(Integer.parseInt(size.group(1)));
        height = OptionalInt.of(Integer.parseInt(size.group(2)));
      } else if (attribute.group(1).equals("BANDWIDTH") && value.matches("[0-9]{1,12}")) {
        bitrate = OptionalLong.of(Long.parseLong(value));
      } else if (attribute.group(1).equals("CODECS")) {
        codecs = value;
      }
    }
    List<String> sound = MediaType.soundOf(codecs);
    List<String> picture = MediaType.pictureOf(codecs);
    return new Candidate(
        "hls",
        Optional.empty(),
        picture.stream().findFirst(),
        sound.stream().findFirst(),
        width,
        height,
        bitrate,
        OptionalLong.empty());
  }
}
