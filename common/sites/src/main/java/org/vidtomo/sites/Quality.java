package org.vidtomo.sites;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of several forms of a video to fetch: {@code best}, {@code worst}, either with a limit as
 * in {@code best<=1080p}, or a height such as {@code 720p}, meaning the one nearest to it.
 *
 * @param maxHeight pixels; absent for no limit
 * @param exactHeight the one wished for, pixels
 */
public record Quality(boolean best, OptionalInt maxHeight, OptionalInt exactHeight) {
  private static final Pattern FORM =
      Pattern.compile("(best|worst)(?:<=([1-9][0-9]{1,4})p)?|([1-9][0-9]{1,4})p");

  // Common denominators first: what most players on most machines would take.
  private static final List<String> CONTAINERS = List.of("mp4", "webm", "mpegts", "flv");

  /**
   * Reads a quality.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Quality parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "quality '" + text + "' is not one of best, worst, best<=1080p, worst<=480p or 720p");
    }
    return new Quality(
        !"worst".equals(form.group(1)), height(form.group(2)), height(form.group(3)));
  }

  private static OptionalInt height(String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }

  /**
   * The form that fits best. Where all are above the limit, the lowest; links of unknown height
   * come after those within the limit; between equals, the more common container, then the page's
   * own order.
   */
  public Optional<MediaLink> choose(List<MediaLink> links) {
    return links.stream()
        .min(
            Comparator.comparingInt(this::rank)
                .thenComparing(Comparator.comparingLong(this::wish).reversed())
                .thenComparing(Comparator.comparingLong(this::words).reversed())
                .thenComparingInt(Quality::rarity));
  }

  /**
   * Those that a player may change between: for {@code best} all within the limit, for {@code
   * worst} the lowest, for a height the nearest. Where all are above the limit, the lowest; those
   * of unknown height only where all are unknown.
   *
   * @return none only when there were none
   */
  public <T> List<T> among(List<T> forms, Function<T, OptionalInt> height) {
    List<T> known = forms.stream().filter(f -> height.apply(f).isPresent()).toList();
    if (known.isEmpty()) {
      return forms;
    }
    int lowest = known.stream().mapToInt(f -> height.apply(f).getAsInt()).min().getAsInt();
    int limit = Math.max(lowest, maxHeight.orElse(Integer.MAX_VALUE));
    if (exactHeight.isPresent()) {
      int wish = exactHeight.getAsInt();
      int near =
          known.stream()
              .mapToInt(f -> Math.abs(height.apply(f).getAsInt() - wish))
              .min()
              .getAsInt();
      return known.stream()
          .filter(f -> Math.abs(height.apply(f).getAsInt() - wish) == near)
          .toList();
    }
    return known.stream()
        .filter(f -> height.apply(f).getAsInt() <= (best ? limit : lowest))
        .toList();
  }

  private int rank(MediaLink link) {
    if (link.height().isEmpty()) {
      return 1;
    }
    return within(link) ? 0 : 2;
  }

  private boolean within(MediaLink link) {
    return maxHeight.isEmpty() || link.height().getAsInt() <= maxHeight.getAsInt();
  }

  private long wish(MediaLink link) {
    if (link.height().isEmpty()) {
      return 0;
    }
    long height = link.height().getAsInt();
    if (exactHeight.isPresent()) {
      return -Math.abs(height - exactHeight.getAsInt());
    }
    return best && within(link) ? height : -height;
  }

  /** Between forms of unknown height: what the page tells of rates, or in words. */
  private long words(MediaLink link) {
    if (link.height().isPresent()) {
      return 0;
    }
    long rate = link.bitrateBps().orElse(link.grade() * 1000L);
    return best ? rate : -rate;
  }

  private static int rarity(MediaLink link) {
    int at = link.container().map(CONTAINERS::indexOf).orElse(-1);
    return at < 0 ? CONTAINERS.size() : at;
  }
}
