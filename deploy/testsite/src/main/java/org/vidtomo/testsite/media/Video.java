package org.vidtomo.testsite.media;

import java.util.List;

/**
 * A video of the site.
 *
 * @param number the {@code n} of {@code /watch/n}, from 1
 * @param title plain text, not escaped
 * @param related numbers of other videos that its page links
 */
public record Video(
    int number, String title, Clip clip, LinkKind link, Route route, List<Integer> related) {

  public Video {
    related = List.copyOf(related);
    if (number < 1 || title.isBlank()) {
      throw new IllegalArgumentException("A video needs a number from 1 and a title: " + number);
    }
  }

  /** Its stable id in media URLs. */
  public String id() {
    return "vt%04d".formatted(number);
  }
}
