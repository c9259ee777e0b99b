package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

/** From a media position on, another representation was fetched. */
public record RepresentationSwitch(long mediaTimeMicros, String representation) {
  public RepresentationSwitch {
    requireNonNull(representation, "representation");
  }
}
