package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.FailureKind;

/**
 * What a page says.
 *
 * @param title the video's, else the page's
 * @param media the forms in which the video is offered, in the page's order
 * @param durationMicros of the video, where the page tells
 * @param related pages of other videos, in the page's order, at most {@value #MAX_RELATED}
 * @param failure why there is no media, when there is none
 */
public record Page(
    Optional<String> title,
    List<MediaLink> media,
    OptionalLong durationMicros,
    List<URI> related,
    Optional<FailureKind> failure) {
  public static final int MAX_RELATED = 200;

  public Page {
    requireNonNull(title, "title");
    media = List.copyOf(media);
    related = List.copyOf(related);
    requireNonNull(failure, "failure");
  }
}
