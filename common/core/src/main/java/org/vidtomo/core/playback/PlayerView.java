package org.vidtomo.core.playback;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a player knows when it chooses the next segment.
 *
 * @param bufferMicros media ahead of the playhead
 * @param segmentMicros how long the next segment is, over 0
 * @param positionMicros media fetched since the session's beginning
 * @param remainingMicros media still to be fetched; absent when no one knows, as for live streams
 * @param last index of the representation before; absent at the beginning
 */
public record PlayerView(
    long bufferMicros,
    long segmentMicros,
    long positionMicros,
    OptionalLong remainingMicros,
    OptionalInt last,
    ThroughputEstimate throughput) {
  public PlayerView {
    requireNonNull(remainingMicros, "remainingMicros");
    requireNonNull(last, "last");
    requireNonNull(throughput, "throughput");
    if (segmentMicros <= 0) {
      throw new IllegalArgumentException("a segment lasts longer than 0: " + segmentMicros);
    }
  }
}
