package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.vidtomo.core.wire.PairReader;

/**
 * Bytes that arrived, since the arrival before; the first since the request was sent. In JSON a
 * pair {@code [Δmicros, Δbytes]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"deltaMicros", "deltaBytes"})
@JsonDeserialize(using = Arrival.Reader.class)
public record Arrival(long deltaMicros, long deltaBytes) {
  public Arrival {
    if (deltaMicros < 0 || deltaBytes < 0) {
      throw new IllegalArgumentException(
          "an arrival cannot go back: " + deltaMicros + " µs, " + deltaBytes + " bytes");
    }
  }

  /** Reads the pair. */
  static final class Reader extends PairReader<Arrival> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Arrival.class);
    }

    @Override
    protected Arrival of(long first, long second) {
      return new Arrival(first, second);
    }
  }
}
