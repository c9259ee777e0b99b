package org.vidtomo.agent.download.segmented;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.SegmentIndex;
import org.vidtomo.agent.manifest.Selection;
import org.vidtomo.core.playback.AdaptationRule;
import org.vidtomo.core.playback.Ladder;
import org.vidtomo.core.playback.PlayerView;
import org.vidtomo.core.playback.ThroughputEstimate;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.sites.Quality;

/**
 * Where a manifest's media is: the URL of the segment that a player begins with. Servers of
 * manifests are often others than those of media, and it is these that a measurement is about.
 */
public final class FirstSegment {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final long LIMIT_BYTES = 32 << 20;

  private final Requester requester;
  private final Clock clock;
  private final LongSupplier ticker;

  public FirstSegment(Requester requester, Clock clock, LongSupplier ticker) {
    this.requester = requester;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Reads a manifest as far as it takes.
   *
   * @return empty when that fails; the download will fail in the same way and say how
   */
  public Optional<URI> find(URI manifest, MeasurementParameters parameters, Deadline deadline) {
    Session session =
        new Session(
            requester,
            new SessionClock(ticker, LIMIT),
            new SessionBytes(LIMIT_BYTES, (bytes, micros) -> {}),
            deadline);
    try {
      return find(SessionManifest.load(session, manifest, clock), parameters);
    } catch (SessionOver | ManifestException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> find(SessionManifest manifest, MeasurementParameters parameters)
      throws SessionOver, ManifestException {
    Quality quality = Quality.parse(parameters.quality());
    Optional<Selection> selection = Selection.of(manifest.presentation().periods().get(0), quality);
    if (selection.isEmpty()) {
      return Optional.empty();
    }
    Ladder ladder = selection.get().ladder();
    Representation first =
        selection
            .get()
            .representations()
            .get(AdaptationRule.of(parameters.player()).choose(ladder, NOTHING_YET).index());
    SegmentIndex index = manifest.index(first.source());
    return index
        .at(manifest.startMicros(index, first.source()))
        .map(MediaSegment::resource)
        .map(resource -> resource.url());
  }

  private static final PlayerView NOTHING_YET =
      new PlayerView(
          0,
          1_000_000,
          0,
          java.util.OptionalLong.empty(),
          java.util.OptionalInt.empty(),
          ThroughputEstimate.NONE);
}
