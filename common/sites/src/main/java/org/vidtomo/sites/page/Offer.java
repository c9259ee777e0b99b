package org.vidtomo.sites.page;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import org.vidtomo.sites.MediaLink;

/**
 * Media that a page names.
 *
 * @param durationMicros of the video that it belongs to, where that is told beside it
 */
record Offer(MediaLink link, Standing standing, OptionalLong durationMicros) {

  /** What it is to the page. */
  enum Standing {
    /** The page's video, as the page itself says. */
    VIDEO,
    /** A URL somewhere in a script or a link: taken only where nothing else is named. */
    MENTIONED,
    /** By its name alone a trailer, an advert or a sample: taken only as a last resort. */
    DOUBTFUL,
    /** A trailer, an advert, another video, a protected form: never taken. */
    ASIDE
  }

  Offer {
    requireNonNull(link, "link");
    requireNonNull(standing, "standing");
    requireNonNull(durationMicros, "durationMicros");
  }

  Offer as(Standing other) {
    return new Offer(link, other, durationMicros);
  }
}
