package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Bytes that arrived, since the arrival before; the first since the request was sent. In JSON a
 * pair {@code [Δmicros, Δbytes]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"deltaMicros", "deltaBytes"})
public record Arrival(long deltaMicros, long deltaBytes) {
  public Arrival {
    if (deltaMicros < 0 || deltaBytes < 0) {
      throw new IllegalArgumentException(
          "an arrival cannot go back: " + deltaMicros + " µs, " + deltaBytes + " bytes");
    }
  }
}
