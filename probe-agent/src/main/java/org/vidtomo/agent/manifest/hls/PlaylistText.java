package org.vidtomo.agent.manifest.hls;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.vidtomo.agent.manifest.ManifestException;

/**
 * A playlist's text cut down to what measuring needs, within bounds, before it is parsed: a tag
 * that no measurement looks at cannot make one fail then, whatever it holds.
 *
 * @param master it lists variants, not segments
 * @param targetMicros the longest segment's length as stated, else as seen
 * @param ended it will not change any more
 */
record PlaylistText(String text, boolean master, long targetMicros, boolean ended) {
  /** A day of segments of two seconds, with room. */
  static final int MAX_SEGMENTS = 50_000;

  private static final int MAX_LINES = 400_000;
  private static final int MAX_LINE = 16 << 10;

  /** A thousand variants with long URLs. */
  private static final int MAX_MASTER_CHARS = 2 << 20;

  private static final String TARGET = "#EXT-X-TARGETDURATION:";
  private static final String INF = "#EXTINF:";
  private static final String DATE = "#EXT-X-PROGRAM-DATE-TIME:";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final List<String> KEPT =
      List.of(
          "#EXT-X-VERSION:",
          INF,
          "#EXT-X-BYTERANGE:",
          "#EXT-X-MAP:",
          "#EXT-X-MEDIA-SEQUENCE:",
          "#EXT-X-DISCONTINUITY",
          "#EXT-X-GAP",
          "#EXT-X-ENDLIST",
          "#EXT-X-MEDIA:",
          "#EXT-X-STREAM-INF:");

  /**
   * Reads a playlist's lines (RFC 8216 §4.1).
   *
   * @throws ManifestException when it is none, or larger than any that is read
   */
  static PlaylistText of(String whole) throws ManifestException {
    String body = whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
    if (!body.startsWith("#EXTM3U")) {
      throw ManifestException.malformed("the playlist does not begin with #EXTM3U");
    }
    Reading reading = new Reading();
    int lines = 0;
    for (String line : (Iterable<String>) body.lines()::iterator) {
      if (++lines > MAX_LINES || line.length() > MAX_LINE) {
        throw ManifestException.tooLarge("the playlist has lines too long or too many");
      }
      reading.line(line.strip());
    }
    return reading.result();
  }

  private static final class Reading {
    private final List<String> kept = new ArrayList<>();
    private boolean master;
    private boolean ended;
    private double target;
    private double longest;
    private int uris;

    void line(String line) throws ManifestException {
      if (line.isEmpty() || line.startsWith("#EXTM3U")) {
        return;
      }
      if (line.startsWith(TARGET)) {
        target = number(line.substring(TARGET.length()));
      } else if (!line.startsWith("#")) {
        uri(line);
      } else if (line.startsWith(DATE)) {
        date(line.substring(DATE.length()));
      } else if (KEPT.stream().anyMatch(line::startsWith)) {
        tag(line);
      }
    }

    /** ISO 8601, whose short form of zones is common; other dates are none. */
    private void date(String text) {
      String date = text.strip().replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
      try {
        OffsetDateTime.parse(date);
        kept.add(DATE + date);
      } catch (DateTimeParseException e) {
        // Without it a playlist is put in place by its sequence numbers.
      }
    }

    private void uri(String line) throws ManifestException {
      if (++uris > MAX_SEGMENTS) {
        throw ManifestException.tooLarge(
            "the playlist lists more than " + MAX_SEGMENTS + " segments");
      }
      kept.add(line);
    }

    private void tag(String line) {
      if (line.startsWith("#EXT-X-STREAM-INF:")) {
        master = true;
      } else if (line.startsWith("#EXT-X-ENDLIST")) {
        ended = true;
      } else if (line.startsWith(INF)) {
        // Times without a fraction end in a dot in the wild.
        longest = Math.max(longest, number(line.substring(INF.length()).replaceFirst(",.*", "")));
      }
      kept.add(line);
    }

    PlaylistText result() throws ManifestException {
      if (master && kept.stream().mapToLong(String::length).sum() > MAX_MASTER_CHARS) {
        throw ManifestException.tooLarge("the master playlist is too large");
      }
      double seconds = Math.min(MediaPlaylistPage.MAX_SECONDS, target > 0 ? target : longest);
      long micros = seconds > 0 ? Math.max(1, Math.round(seconds * 1e6)) : 1_000_000;
      StringBuilder text = new StringBuilder("#EXTM3U\n");
      if (!master) {
        // Required, and an integer, for the parser; not in every playlist that players play.
        text.append(TARGET)
            .append(String.format(Locale.ROOT, "%d", Math.max(1, Math.round(seconds))))
            .append('\n');
      }
      kept.forEach(line -> text.append(line).append('\n'));
      return new PlaylistText(text.toString(), master, micros, ended);
    }

    private static double number(String text) {
      String number = text.strip().replaceFirst("\\.$", "");
      return NUMBER.matcher(number).matches() ? Double.parseDouble(number) : 0;
    }
  }
}
