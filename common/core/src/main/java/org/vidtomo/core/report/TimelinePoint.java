package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.vidtomo.core.wire.PairReader;

/**
 * Once so many bytes of the media are there, media up to so far can be played. In JSON a pair
 * {@code [bytes, mediaMicros]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"bytes", "mediaMicros"})
@JsonDeserialize(using = TimelinePoint.Reader.class)
public record TimelinePoint(long bytes, long mediaMicros) {
  public TimelinePoint {
    if (bytes < 0 || mediaMicros < 0) {
      throw new IllegalArgumentException(
          "a timeline point cannot be negative: " + bytes + " bytes, " + mediaMicros + " µs");
    }
  }

  /** Reads the pair. */
  static final class Reader extends PairReader<TimelinePoint> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(TimelinePoint.class);
    }

    @Override
    protected TimelinePoint of(long first, long second) {
      return new TimelinePoint(first, second);
    }
  }
}
