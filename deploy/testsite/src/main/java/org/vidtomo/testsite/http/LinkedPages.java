package org.vidtomo.testsite.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As many pages as a test wants to crawl, at {@code /linked/OF/NUMBER}: each has a video and names
 * thirty others of the same set as related. Which, is a function of its number; some are named
 * twice, in another spelling, and some name themselves, as pages do.
 */
public final class LinkedPages {
  static final String PATH = "/linked/";

  private static final int LINKS = 30;

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})/([1-9]\\d{0,6})");
  private static final int SPELLED_OTHERWISE = 7;

  private LinkedPages() {}

  /** A page, if there is one there. */
  static Optional<String> page(String path, String mediaUrl) {
    Matcher form = FORM.matcher(path);
    if (!form.matches()) {
      return Optional.empty();
    }
    int of = Integer.parseInt(form.group(1));
    int number = Integer.parseInt(form.group(2));
    return number <= of ? Optional.of(page(of, number, mediaUrl)) : Optional.empty();
  }

  private static String page(int of, int number, String mediaUrl) {
    List<Integer> links = links(of, number);
    String related =
        IntStream.range(0, LINKS)
            .mapToObj(place -> item(of, links.get(place), place))
            .collect(Collectors.joining("\n"));
    return Pages.related("Video %d of %d".formatted(number, of), mediaUrl, related);
  }

  private static String item(int of, int number, int place) {
    String mark = place % SPELLED_OTHERWISE == 1 ? "?utm_source=related" : "";
    return "<li><a href=\"%s%d/%d%s\">Video %d</a></li>".formatted(PATH, of, number, mark, number);
  }

  /** The pages that a page names, in its order. */
  public static List<Integer> links(int of, int number) {
    return IntStream.range(0, LINKS).mapToObj(place -> link(of, number, place)).toList();
  }

  /** Spread evenly over all pages: the mixing of splitmix64 (Steele et al. 2014). */
  private static int link(int of, int number, int place) {
    long mixed = number * 0x9E3779B97F4A7C15L + place;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, of) + 1;
  }
}
