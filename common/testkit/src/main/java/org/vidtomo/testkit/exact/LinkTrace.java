package org.vidtomo.testkit.exact;

import java.util.ArrayList;
import java.util.List;

/** A link whose rate changes at known times, full from its beginning on. */
public final class LinkTrace {
  /**
   * A stretch of one rate.
   *
   * @param millis over 0
   * @param kbps 1,000 bit/s, so bits in a millisecond
   */
  public record Stretch(long millis, long kbps) {
    public Stretch {
      if (millis <= 0 || kbps < 0) {
        throw new IllegalArgumentException("no stretch: " + millis + " ms, " + kbps + " kbit/s");
      }
    }
  }

  private final List<Stretch> stretches;
  private final List<Long> beganMillis = new ArrayList<>();
  private final List<Long> bitsBefore = new ArrayList<>();
  private final long millis;
  private final long bits;

  public LinkTrace(List<Stretch> stretches) {
    this.stretches = List.copyOf(stretches);
    long time = 0;
    long sum = 0;
    for (Stretch stretch : stretches) {
      beganMillis.add(time);
      bitsBefore.add(sum);
      time += stretch.millis();
      sum += stretch.millis() * stretch.kbps();
    }
    millis = time;
    bits = sum;
  }

  public long millis() {
    return millis;
  }

  /** Whole bytes that all of it carries. */
  public long bytes() {
    return bits / 8;
  }

  /** Whole bytes that it has carried after so many microseconds. */
  public long bytesAt(long micros) {
    int i = lastAtOrBefore(beganMillis, micros / 1000);
    long within = Math.min(micros - beganMillis.get(i) * 1000, stretches.get(i).millis() * 1000);
    return (bitsBefore.get(i) * 1000 + within * stretches.get(i).kbps()) / 8000;
  }

  /** When so many bytes have been carried, in microseconds. */
  public Fraction whenMicros(long bytes) {
    long wanted = bytes * 8;
    if (wanted > bits) {
      throw new IllegalArgumentException("it carries " + bits / 8 + " bytes, not " + bytes);
    }
    int i = firstFrom(wanted);
    Fraction within =
        stretches.get(i).kbps() == 0
            ? Fraction.ZERO
            : Fraction.of((wanted - bitsBefore.get(i)) * 1000, stretches.get(i).kbps());
    return Fraction.of(beganMillis.get(i) * 1000).plus(within);
  }

  /** The stretch at whose end, and not before, so many bits are there. */
  private int firstFrom(long wanted) {
    int low = 0;
    int high = stretches.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bitsBefore.get(middle + 1) >= wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static int lastAtOrBefore(List<Long> rising, long value) {
    int low = 0;
    int high = rising.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (rising.get(middle) <= value) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
