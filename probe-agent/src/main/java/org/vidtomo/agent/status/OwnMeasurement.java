package org.vidtomo.agent.status;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;

/**
 * One of the agent's own measurements, in short.
 *
 * @param at it began
 * @param url the page's
 * @param failure its kind
 * @param bytes of the media that were received
 */
public record OwnMeasurement(
    Instant at,
    String url,
    Optional<String> title,
    Outcome outcome,
    Optional<String> failure,
    OptionalLong startupDelayMicros,
    OptionalInt stallCount,
    OptionalLong goodputBps,
    OptionalLong bytes) {
  public OwnMeasurement {
    requireNonNull(at, "at");
    requireNonNull(url, "url");
    requireNonNull(title, "title");
    requireNonNull(outcome, "outcome");
    requireNonNull(failure, "failure");
    requireNonNull(startupDelayMicros, "startupDelayMicros");
    requireNonNull(stallCount, "stallCount");
    requireNonNull(goodputBps, "goodputBps");
    requireNonNull(bytes, "bytes");
  }

  /** What of a report its agent's owner wants to see first. */
  public static OwnMeasurement of(Report report) {
    Optional<Download> download = report.download();
    Optional<Playback> playback = report.playback();
    return new OwnMeasurement(
        report.startedAt(),
        report.video().url(),
        report.video().title(),
        report.outcome(),
        report.failure().map(failure -> failure.kind().wireName()),
        playback.map(Playback::startupDelayMicros).orElseGet(OptionalLong::empty),
        playback.map(p -> OptionalInt.of(p.stallCount())).orElseGet(OptionalInt::empty),
        download.map(d -> OptionalLong.of(d.goodputBps())).orElseGet(OptionalLong::empty),
        download.map(d -> OptionalLong.of(d.bytes())).orElseGet(OptionalLong::empty));
  }
}
