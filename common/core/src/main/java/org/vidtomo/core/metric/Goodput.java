package org.vidtomo.core.metric;

import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.core.report.Arrival;

/**
 * Application bytes over time (RFC 2647 §3.17 goodput, here of the HTTP body).
 *
 * @param goodputBps all bytes over the whole duration, bit/s; 0 when nothing arrived
 * @param steadyGoodputBps bytes after the first two seconds over the time after them; absent when
 *     the download was not longer than that
 * @param maxInstantBps the highest rate over any window of {@link #WINDOW_MICROS} that ends with an
 *     arrival; shorter downloads: over the whole
 */
public record Goodput(long goodputBps, OptionalLong steadyGoodputBps, long maxInstantBps) {
  /** What {@code maxInstantBps} is taken over: half a second. */
  public static final long WINDOW_MICROS = 500_000;

  /** What {@code steadyGoodputBps} leaves out: two seconds, TCP's slow start with margin. */
  public static final long RAMP_MICROS = 2_000_000;

  /**
   * Goodput of a download.
   *
   * @param durationMicros request sent to the end, at least the last arrival's time
   */
  public static Goodput of(List<Arrival> arrivals, long durationMicros) {
    long bytes = 0;
    long rampBytes = 0;
    long at = 0;
    for (Arrival arrival : arrivals) {
      at += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      if (at <= RAMP_MICROS) {
        rampBytes = bytes;
      }
    }
    long steadyMicros = durationMicros - RAMP_MICROS;
    return new Goodput(
        rate(bytes, durationMicros),
        steadyMicros > 0
            ? OptionalLong.of(rate(bytes - rampBytes, steadyMicros))
            : OptionalLong.empty(),
        maxInstant(arrivals, durationMicros));
  }

  private static long maxInstant(List<Arrival> arrivals, long durationMicros) {
    long window = Math.min(WINDOW_MICROS, durationMicros);
    long best = 0;
    long inWindow = 0;
    long endAt = 0;
    long startAt = 0;
    int start = 0;
    for (int end = 0; end < arrivals.size(); end++) {
      endAt += arrivals.get(end).deltaMicros();
      inWindow += arrivals.get(end).deltaBytes();
      // A window of no time holds nothing.
      while (start <= end && startAt + arrivals.get(start).deltaMicros() <= endAt - window) {
        startAt += arrivals.get(start).deltaMicros();
        inWindow -= arrivals.get(start).deltaBytes();
        start++;
      }
      best = Math.max(best, inWindow);
    }
    return rate(best, window);
  }

  private static long rate(long bytes, long micros) {
    return micros <= 0 ? 0 : Math.round(bytes * 8e6 / micros);
  }
}
