package org.vidtomo.sites;

import java.net.URI;
import java.util.Optional;

/** A video service. Implementations do no I/O, keep no state and are thread-safe. */
public interface Site {

  /**
   * Which of this service's videos a URL means.
   *
   * @param url absolute, http or https
   * @return empty when the URL is not one of a video of this service
   */
  Optional<VideoId> identify(URI url);

  /**
   * What to fetch first to find the media of a URL that this service owns. Whoever runs the steps
   * bounds them in number, size and time.
   */
  Step begin(URI url);

  /**
   * A channel, a playlist, a user, a search … as a list of videos.
   *
   * @return empty when the URL is none of this service
   */
  default Optional<Listing> listing(URI url) {
    return Optional.empty();
  }
}
