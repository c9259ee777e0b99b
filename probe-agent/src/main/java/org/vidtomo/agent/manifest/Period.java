package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;

/**
 * A stretch of a presentation with sets of its own; HLS has one.
 *
 * @param startMicros in the presentation's media time
 * @param endMicros absent when no one knows yet
 */
public record Period(long startMicros, OptionalLong endMicros, List<RepresentationSet> sets) {
  public Period {
    requireNonNull(endMicros, "endMicros");
    sets = List.copyOf(sets);
  }
}
