package org.vidtomo.agent.manifest;

import java.util.Optional;

/** The segments of one representation, in order. Immutable. */
public interface SegmentIndex {
  /**
   * The segment to go on with when media up to a time is there.
   *
   * @return empty when none is listed: the period's end, or a live playlist's newest was taken
   */
  Optional<MediaSegment> at(long positionMicros);

  /** Media time of the first segment's beginning. */
  long firstMicros();

  /**
   * Media time up to which a live server has segments; of recorded media, its end.
   *
   * @param nowMicros Unix time at the server
   */
  long edgeMicros(long nowMicros);

  /** How long a segment usually is. */
  long segmentMicros();
}
