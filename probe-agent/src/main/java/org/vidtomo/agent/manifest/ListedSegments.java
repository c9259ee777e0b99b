package org.vidtomo.agent.manifest;

import java.util.List;
import java.util.Optional;

/** Segments that a manifest names one by one. */
public final class ListedSegments implements SegmentIndex {
  private final List<MediaSegment> segments;

  /**
   * An index of segments.
   *
   * @param segments by rising start
   */
  public ListedSegments(List<MediaSegment> segments) {
    this.segments = List.copyOf(segments);
  }

  /** All of them. */
  public List<MediaSegment> segments() {
    return segments;
  }

  @Override
  public Optional<MediaSegment> at(long positionMicros) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).continues(positionMicros)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < segments.size() ? Optional.of(segments.get(low)) : Optional.empty();
  }

  @Override
  public long firstMicros() {
    return segments.isEmpty() ? 0 : segments.get(0).startMicros();
  }

  @Override
  public long edgeMicros(long nowMicros) {
    return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).endMicros();
  }

  @Override
  public long segmentMicros() {
    return segments.isEmpty()
        ? 1_000_000
        : Math.max(1, (edgeMicros(0) - firstMicros()) / segments.size());
  }
}
