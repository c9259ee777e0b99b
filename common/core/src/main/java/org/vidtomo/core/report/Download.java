package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The timed download from the last cache.
 *
 * @param address the pinned address, one that the last hop connected to
 * @param durationMicros request sent to the end
 * @param goodputBps application bytes over the duration, bit/s
 * @param steadyGoodputBps the same without the first two seconds
 * @param maxInstantBps highest rate over {@link org.vidtomo.core.metric.Goodput#WINDOW_MICROS}
 * @param arrivals at most 10 ms apart while bytes flow
 */
public record Download(
    String url,
    String address,
    String protocol,
    OptionalLong timeToFirstByteMicros,
    long durationMicros,
    long bytes,
    DownloadEnd end,
    long goodputBps,
    OptionalLong steadyGoodputBps,
    long maxInstantBps,
    List<Arrival> arrivals,
    Optional<List<Segment>> segments,
    Optional<Failure> failure)
    implements Observation {
  public Download {
    requireNonNull(url, "url");
    requireNonNull(address, "address");
    requireNonNull(protocol, "protocol");
    requireNonNull(end, "end");
    arrivals = List.copyOf(arrivals);
    segments = segments.map(List::copyOf);
    if (durationMicros < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "duration and bytes must be >= 0: " + durationMicros + " µs, " + bytes);
    }
  }
}
