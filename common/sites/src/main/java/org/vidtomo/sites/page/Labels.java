package org.vidtomo.sites.page;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pages call the forms of a video: {@code 720p}, {@code HD}, {@code 1280x720}. */
final class Labels {
  private static final Pattern SIZE =
      Pattern.compile("(?<!\\d)\\d{3,4}\\s*[x×]\\s*(\\d{3,4})(?!\\d)");
  private static final Pattern LINES = Pattern.compile("(?<!\\d)([1-9]\\d{2,3})[pi](?![a-z])");
  private static final Pattern HD_LINES = Pattern.compile("hd[_-]?([1-9]\\d{2,3})(?!\\d)");
  private static final Pattern KILOBITS =
      Pattern.compile("(?<![\\da-z])(\\d{2,5})\\s?k(?:b(?:it)?(?:ps|/s)?)?(?![a-z])");

  /** Heights that are in use: a bare number is a height only when it is one of these. */
  private static final Set<Integer> HEIGHTS =
      Set.of(
          120, 144, 160, 180, 192, 200, 216, 224, 234, 240, 252, 270, 272, 288, 320, 340, 342, 350,
          352, 360, 384, 396, 400, 404, 406, 408, 432, 450, 460, 468, 472, 480, 486, 496, 504, 512,
          528, 534, 540, 544, 552, 558, 560, 576, 600, 608, 640, 648, 672, 688, 692, 696, 704, 714,
          718, 720, 768, 800, 804, 816, 856, 864, 872, 900, 960, 1024, 1036, 1040, 1080, 1200, 1280,
          1440, 1600, 1920, 2160, 4320);

  private static final Map<String, Integer> NAMED =
      Map.of("4k", 2160, "uhd", 2160, "8k", 4320, "2k", 1440, "qhd", 1440, "fhd", 1080);

  /** About how many kbit/s such a word promises; only their order matters. */
  private static final Map<String, Integer> GRADES =
      Map.ofEntries(
          Map.entry("mobile", 200),
          Map.entry("lowest", 200),
          Map.entry("low", 400),
          Map.entry("ld", 400),
          Map.entry("lq", 400),
          Map.entry("bas", 400),
          Map.entry("small", 400),
          Map.entry("sd", 800),
          Map.entry("medium", 800),
          Map.entry("md", 800),
          Map.entry("mq", 800),
          Map.entry("normal", 800),
          Map.entry("standard", 800),
          Map.entry("high", 1200),
          Map.entry("haut", 1200),
          Map.entry("hq", 1200),
          Map.entry("large", 1200),
          Map.entry("hd", 2000),
          Map.entry("full", 4000),
          Map.entry("original", 8000),
          Map.entry("source", 8000));

  private static final int MAX_LABEL = 200;

  private Labels() {}

  /** The picture's height that a label names, pixels. */
  static OptionalInt height(String label) {
    String text = shortened(label);
    for (Pattern form : List.of(SIZE, LINES, HD_LINES)) {
      Matcher matcher = form.matcher(text);
      if (matcher.find()) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    if (text.matches("[1-9]\\d{2,3}") && HEIGHTS.contains(Integer.parseInt(text))) {
      return OptionalInt.of(Integer.parseInt(text));
    }
    return Words.of(text).stream().filter(NAMED::containsKey).mapToInt(NAMED::get).findFirst();
  }

  /** The height in a file's name or its folder's, where it stands as {@code 720p}. */
  static OptionalInt height(URI url) {
    String path = tail(url);
    Matcher matcher = LINES.matcher(path);
    OptionalInt last = OptionalInt.empty();
    while (matcher.find()) {
      last = OptionalInt.of(Integer.parseInt(matcher.group(1)));
    }
    return last;
  }

  /** How good a label or a file's name says that the form is; 0 when it says nothing. */
  static int grade(String label, URI url) {
    Matcher kilobits = KILOBITS.matcher(tail(url));
    int named = 0;
    while (kilobits.find()) {
      named = Integer.parseInt(kilobits.group(1));
    }
    return named > 0 ? named : grade(label);
  }

  /** How good a label says that the form is; 0 when it says nothing. */
  static int grade(String label) {
    return Words.of(shortened(label)).stream()
        .mapToInt(word -> GRADES.getOrDefault(word, 0))
        .max()
        .orElse(0);
  }

  private static String tail(URI url) {
    String path = url.getPath() == null ? "" : url.getPath().toLowerCase(Locale.ROOT);
    int name = path.lastIndexOf('/');
    String tail = path.substring(Math.max(0, path.lastIndexOf('/', Math.max(0, name - 1))));
    // A list of renditions in one URL, as Akamai's, names none of them.
    return tail.contains(",") ? "" : tail;
  }

  private static String shortened(String label) {
    String text = label.strip().toLowerCase(Locale.ROOT);
    return text.length() > MAX_LABEL ? text.substring(0, MAX_LABEL) : text;
  }
}
