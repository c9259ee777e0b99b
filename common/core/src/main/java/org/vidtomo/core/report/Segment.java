package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

/** One segment of a segmented download; times in microseconds since the download began. */
public record Segment(
    String url,
    String representation,
    long mediaStartMicros,
    long mediaDurationMicros,
    long requestedAtMicros,
    long firstByteMicros,
    long lastByteMicros,
    long bytes,
    int status) {
  public Segment {
    requireNonNull(url, "url");
    requireNonNull(representation, "representation");
  }
}
