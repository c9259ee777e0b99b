package org.vidtomo.agent.locate;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.Lookup;
import org.vidtomo.core.report.Video;
import org.vidtomo.sites.MediaLink;

/**
 * What was found of a video.
 *
 * @param offered the first of the lookup's candidates, with their URLs
 * @param chosen the media to fetch; absent exactly when the lookup failed
 * @param durationMicros as the page says
 * @param related pages of other videos
 */
public record Located(
    Video video,
    Lookup lookup,
    List<MediaLink> offered,
    Optional<MediaLink> chosen,
    OptionalLong durationMicros,
    List<URI> related) {
  public Located {
    requireNonNull(video, "video");
    requireNonNull(lookup, "lookup");
    offered = List.copyOf(offered);
    requireNonNull(chosen, "chosen");
    related = List.copyOf(related);
    if (chosen.isPresent() == lookup.failure().isPresent()) {
      throw new IllegalArgumentException("media is chosen exactly when the lookup did not fail");
    }
  }
}
