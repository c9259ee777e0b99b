package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One segment of one representation.
 *
 * @param init what a decoder needs before it
 * @param startMicros in the presentation's media time
 * @param durationMicros over 0
 * @param availableAtMicros Unix time from which on a live server has it; absent when it has it now
 */
public record MediaSegment(
    Resource resource,
    Optional<Resource> init,
    long startMicros,
    long durationMicros,
    OptionalLong availableAtMicros) {
  public MediaSegment {
    requireNonNull(resource, "resource");
    requireNonNull(init, "init");
    requireNonNull(availableAtMicros, "availableAtMicros");
    if (durationMicros <= 0) {
      throw new IllegalArgumentException("a segment lasts longer than 0: " + durationMicros);
    }
  }

  /** Media time of its end. */
  public long endMicros() {
    return startMicros + durationMicros;
  }

  /**
   * Whether it is the one to go on with from a media time. Representations round their segments'
   * ends differently, so a quarter of a segment's length is tolerated.
   */
  boolean continues(long positionMicros) {
    return endMicros() - positionMicros > durationMicros / 4;
  }
}
