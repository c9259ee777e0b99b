package org.vidtomo.agent.download;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidtomo.core.report.Arrival;

/**
 * Notes bytes as they come, those of at most {@value #RESOLUTION_MICROS} µs put together. Bytes put
 * together count from when the last of them came: never too early, and never more than so much too
 * late.
 */
public final class ArrivalRecorder {
  /** Ten milliseconds. */
  public static final long RESOLUTION_MICROS = 10_000;

  private long[] atMicros = new long[1024];
  private long[] bytes = new long[1024];
  private int size;
  private long notedAt;
  private long pendingAt;
  private long pendingBytes;
  private long total;

  /**
   * Some bytes came.
   *
   * @param at microseconds since the request was sent, not before the last call's
   */
  public void add(long at, long count) {
    if (pendingBytes > 0 && at - notedAt > RESOLUTION_MICROS) {
      flush();
    }
    pendingAt = at;
    pendingBytes += count;
    total += count;
  }

  /** Bytes so far. */
  public long total() {
    return total;
  }

  private void flush() {
    if (pendingBytes == 0) {
      return;
    }
    if (size == bytes.length) {
      atMicros = Arrays.copyOf(atMicros, 2 * size);
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    atMicros[size] = pendingAt;
    bytes[size++] = pendingBytes;
    notedAt = pendingAt;
    pendingBytes = 0;
  }

  /** All that came, as pairs of differences. */
  public List<Arrival> arrivals() {
    flush();
    List<Arrival> arrivals = new ArrayList<>(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      arrivals.add(new Arrival(atMicros[i] - before, bytes[i]));
      before = atMicros[i];
    }
    return arrivals;
  }

  /** The same arrivals, those within {@code resolutionMicros} of the pair before put together. */
  static List<Arrival> coarser(List<Arrival> arrivals, long resolutionMicros) {
    List<Arrival> out = new ArrayList<>();
    long micros = 0;
    long count = 0;
    for (Arrival arrival : arrivals) {
      if (count > 0 && micros + arrival.deltaMicros() > resolutionMicros) {
        out.add(new Arrival(micros, count));
        micros = 0;
        count = 0;
      }
      micros += arrival.deltaMicros();
      count += arrival.deltaBytes();
    }
    if (count > 0) {
      out.add(new Arrival(micros, count));
    }
    return out;
  }
}
