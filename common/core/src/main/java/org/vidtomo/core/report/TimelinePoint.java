package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Once so many bytes of the media are there, media up to so far can be played. In JSON a pair
 * {@code [bytes, mediaMicros]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"bytes", "mediaMicros"})
public record TimelinePoint(long bytes, long mediaMicros) {
  public TimelinePoint {
    if (bytes < 0 || mediaMicros < 0) {
      throw new IllegalArgumentException(
          "a timeline point cannot be negative: " + bytes + " bytes, " + mediaMicros + " µs");
    }
  }
}
