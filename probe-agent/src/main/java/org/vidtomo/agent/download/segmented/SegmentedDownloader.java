package org.vidtomo.agent.download.segmented;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.download.Downloader;
import org.vidtomo.agent.download.Segments;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.core.playback.AdaptationRule;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.sites.Quality;

/** Downloads an HLS or DASH video as a player would, on the clock. */
public final class SegmentedDownloader {
  private final Requester requester;
  private final Clock clock;
  private final LongSupplier ticker;

  /**
   * A downloader.
   *
   * @param clock the machine's, for live streams whose server tells no time
   * @param ticker nanoseconds
   */
  public SegmentedDownloader(Requester requester, Clock clock, LongSupplier ticker) {
    this.requester = requester;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Downloads until a limit, the end of the media or a failure. The clock starts when the manifest
   * is requested, as for a viewer who presses play.
   *
   * @param url the manifest's
   * @param endpoint where it was found, for the report of a session without any segment
   */
  public Downloaded download(
      URI url,
      Endpoint endpoint,
      MeasurementParameters parameters,
      Downloader.Progress progress,
      Deadline deadline) {
    SessionClock sessionClock = new SessionClock(ticker, parameters.downloadTime());
    long most = Math.min(parameters.downloadBytes(), requester.leftBytes());
    Session session =
        new Session(requester, sessionClock, new SessionBytes(most, progress), deadline);
    SegmentLog log = new SegmentLog();
    Run run = new Run();
    DownloadEnd end = DownloadEnd.END_OF_BODY;
    Optional<Failure> failure = Optional.empty();
    requester.keepConnections();
    try {
      run.play(session, url, parameters, log);
    } catch (SessionOver e) {
      end = e.end();
      failure = e.failure();
    } catch (ManifestException e) {
      end = DownloadEnd.FAILED;
      failure = Optional.of(SessionManifest.failure(e));
    } finally {
      requester.forgetConnections();
    }
    return downloaded(url, endpoint, session, log, run, end, failure);
  }

  /** Keeps the manifest for after the session's end. */
  private final class Run {
    private Optional<SessionManifest> manifest = Optional.empty();

    void play(Session session, URI url, MeasurementParameters parameters, SegmentLog log)
        throws SessionOver, ManifestException {
      SessionManifest loaded = SessionManifest.load(session, url, clock);
      manifest = Optional.of(loaded);
      new SegmentedPlayer(
              session,
              loaded,
              AdaptationRule.of(parameters.player()),
              Quality.parse(parameters.quality()),
              PlayerBuffer.of(parameters),
              log)
          .play();
    }
  }

  private static Downloaded downloaded(
      URI url,
      Endpoint endpoint,
      Session session,
      SegmentLog log,
      Run run,
      DownloadEnd end,
      Optional<Failure> failure) {
    long now = session.clock().now();
    long last = log.segments().stream().mapToLong(s -> s.lastByteMicros()).max().orElse(now);
    // Of a whole video the last byte is the end; a limit cuts where it stands.
    long duration =
        end == DownloadEnd.END_OF_BODY ? last : Math.min(now, session.clock().limitMicros());
    Optional<Requester.Answer> answer = log.answer();
    return new Downloaded(
        url.toString(),
        answer.flatMap(Requester.Answer::endpoint).orElse(endpoint).addressText(),
        answer.flatMap(a -> a.exchange().protocol()).orElse("HTTP/1.1"),
        session.bytes().firstByteMicros(),
        Math.max(last, duration),
        session.bytes().total(),
        end,
        session.bytes().arrivals(),
        run.manifest.flatMap(m -> log.media(m.durationMicros(), m.live())),
        Optional.of(new Segments(log.segments(), session.bytes().goodput())),
        failure);
  }
}
