package org.vidtomo.agent.download;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Media;

/**
 * A timed download as it was seen, at full resolution.
 *
 * @param media absent when the body was no known media, or nothing came
 * @param segments of HLS and DASH
 */
public record Downloaded(
    String url,
    String address,
    String protocol,
    OptionalLong timeToFirstByteMicros,
    long durationMicros,
    long bytes,
    DownloadEnd end,
    List<Arrival> arrivals,
    Optional<Media> media,
    Optional<Segments> segments,
    Optional<Failure> failure) {
  public Downloaded {
    arrivals = List.copyOf(arrivals);
    requireNonNull(media, "media");
    requireNonNull(segments, "segments");
    requireNonNull(failure, "failure");
  }

  /**
   * The download for a report.
   *
   * @param resolutionMicros arrivals within so long are put together; the rates of a file are those
   *     of the arrivals that the report carries
   */
  public Download atResolution(long resolutionMicros) {
    List<Arrival> kept =
        resolutionMicros <= ArrivalRecorder.RESOLUTION_MICROS
            ? arrivals
            : ArrivalRecorder.coarser(arrivals, resolutionMicros);
    Goodput goodput =
        segments.map(Segments::goodput).orElseGet(() -> Goodput.of(kept, durationMicros));
    return new Download(
        url,
        address,
        protocol,
        timeToFirstByteMicros,
        durationMicros,
        bytes,
        end,
        goodput.goodputBps(),
        goodput.steadyGoodputBps(),
        goodput.maxInstantBps(),
        kept,
        segments.map(s -> s.atResolution(resolutionMicros)),
        failure);
  }
}
