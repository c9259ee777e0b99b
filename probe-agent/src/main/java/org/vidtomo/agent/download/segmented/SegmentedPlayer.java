package org.vidtomo.agent.download.segmented;

import static java.lang.Math.max;
import static java.lang.Math.min;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Period;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.SegmentIndex;
import org.vidtomo.agent.manifest.Selection;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.core.playback.AdaptationRule;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.playback.PlayerState;
import org.vidtomo.core.playback.PlayerView;
import org.vidtomo.core.playback.SegmentedMedia;
import org.vidtomo.core.playback.ThroughputEstimate;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Segment;
import org.vidtomo.sites.Quality;

/**
 * A player in the loop: of the tracks it goes on with the one of which least is there, the rule
 * chooses a representation and when to ask for it, and what came moves the player's state, by the
 * same steps that play a report's segments again.
 */
final class SegmentedPlayer {
  /** dash.js: {@code retryAttempts.MediaSegment} 3, {@code retryIntervals.MediaSegment} 1000 ms. */
  private static final int RETRIES = 3;

  private static final long RETRY_MICROS = 1_000_000;
  private static final long MIN_WAIT_MICROS = 10_000;

  private final Session session;
  private final SessionManifest manifest;
  private final AdaptationRule rule;
  private final Quality quality;
  private final SegmentLog log;
  private final List<Track> tracks = new ArrayList<>();
  private PlayerState state;
  private SegmentedMedia media;
  private ThroughputEstimate throughput = ThroughputEstimate.NONE;

  SegmentedPlayer(
      Session session,
      SessionManifest manifest,
      AdaptationRule rule,
      Quality quality,
      PlayerBuffer buffer,
      SegmentLog log) {
    this.session = session;
    this.manifest = manifest;
    this.rule = rule;
    this.quality = quality;
    this.log = log;
    this.state = PlayerState.start(buffer);
    this.media = SegmentedMedia.start(false);
  }

  /** Plays until all media is there; every other end is thrown. */
  void play() throws SessionOver, ManifestException {
    begin();
    Optional<Track> track = behind();
    while (track.isPresent()) {
      step(track.get());
      track = behind();
    }
  }

  private void begin() throws SessionOver, ManifestException {
    Selection first = selection(manifest.presentation().periods().get(0));
    Source source = first.representations().get(0).source();
    // Of a playlist only its own text tells whether it is live, so it comes first.
    Representation chosen = first.representations().get(choose(first, new Track(false, 0)).index());
    SegmentIndex index = manifest.index(chosen.source());
    long start = manifest.startMicros(index, chosen.source());
    if (manifest.presentation().periods().size() > 1 && manifest.live()) {
      start = liveStart(source);
    }
    tracks.add(new Track(false, start));
    if (first.audio().isPresent()) {
      tracks.add(new Track(true, start));
    }
    media = SegmentedMedia.start(first.audio().isPresent());
  }

  /** With several periods the edge is in the last that has begun. */
  private long liveStart(Source first) throws SessionOver, ManifestException {
    List<Period> periods = manifest.presentation().periods();
    for (int i = periods.size() - 1; i > 0; i--) {
      Source source = selection(periods.get(i)).representations().get(0).source();
      SegmentIndex index = manifest.index(source);
      if (index.edgeMicros(manifest.serverNow()) > periods.get(i).startMicros()) {
        return manifest.startMicros(index, source);
      }
    }
    return manifest.startMicros(manifest.index(first), first);
  }

  private Selection selection(Period period) throws ManifestException {
    return Selection.of(period, quality)
        .orElseThrow(() -> ManifestException.unsupported("a period has neither picture nor sound"));
  }

  private Optional<Track> behind() {
    return tracks.stream()
        .filter(track -> !track.ended())
        .min(Comparator.comparingLong(Track::position));
  }

  private void step(Track track) throws SessionOver, ManifestException {
    checkLimits();
    Period period = manifest.periodAt(track.position());
    Selection selection = selection(period);
    if (track.audio() && selection.audio().isEmpty()) {
      skip(track, period);
      return;
    }
    AdaptationRule.Choice choice = choose(selection, track);
    if (choice.waitMicros() > 0 && state.phase() == PlayerState.Phase.PLAYING) {
      pause(choice.waitMicros());
      return;
    }
    Representation representation =
        track.audio()
            ? selection.audio().orElseThrow()
            : selection.representations().get(choice.index());
    fetchNext(track, period, representation, choice.index());
  }

  private void fetchNext(Track track, Period period, Representation representation, int level)
      throws SessionOver, ManifestException {
    Source source = representation.source();
    if (manifest.refreshesByTime() && due(source)) {
      manifest.refresh(source);
      return;
    }
    Optional<MediaSegment> next = next(manifest.index(source), track.position(), period);
    if (next.isEmpty()) {
      nothingListed(track, period, source);
    } else if (notYet(next.get()) > 0) {
      pause(notYet(next.get()));
    } else {
      fetch(track, next.get(), representation, level);
    }
  }

  private static Optional<MediaSegment> next(SegmentIndex index, long position, Period period) {
    return index
        .at(position)
        .filter(segment -> segment.startMicros() < period.endMicros().orElse(Long.MAX_VALUE));
  }

  private boolean due(Source source) {
    OptionalLong at = manifest.refreshAt(source);
    return at.isPresent() && at.getAsLong() <= session.clock().now();
  }

  private long notYet(MediaSegment segment) {
    return segment.availableAtMicros().isEmpty()
        ? 0
        : segment.availableAtMicros().getAsLong() - manifest.serverNow();
  }

  /** The period's end, the media's end, or the edge of a live stream. */
  private void nothingListed(Track track, Period period, Source source)
      throws SessionOver, ManifestException {
    if (manifest.after(period).isPresent()) {
      skip(track, period);
      return;
    }
    OptionalLong again = manifest.refreshAt(source);
    if (again.isEmpty()) {
      track.end();
    } else if (again.getAsLong() > session.clock().now()) {
      pause(again.getAsLong() - session.clock().now());
    } else {
      manifest.refresh(source);
    }
  }

  private void skip(Track track, Period period) {
    Optional<Period> next = manifest.after(period);
    if (next.isPresent()) {
      track.skipTo(next.get().startMicros());
    } else {
      track.end();
    }
  }

  private void fetch(Track track, MediaSegment segment, Representation representation, int level)
      throws SessionOver {
    Optional<String> tag =
        tracks.size() == 1
            ? Optional.empty()
            : Optional.of(track.audio() ? Segment.AUDIO : Segment.VIDEO);
    if (track.needs(segment.init())) {
      Fetch init = session.media(segment.init().get());
      log.add(init, Optional.empty(), tag, representation);
      endUnlessWhole(init);
      track.initialized(segment.init().get());
    }
    for (int attempt = 0; ; attempt++) {
      Fetch fetch = session.media(segment.resource());
      Segment came = log.add(fetch, Optional.of(segment), tag, representation);
      if (came.mediaDurationMicros() > 0) {
        take(track, came, level);
        return;
      }
      if (attempt == RETRIES || !again(fetch)) {
        endUnlessWhole(fetch);
      }
      pause(RETRY_MICROS);
      checkLimits();
    }
  }

  /** Whether a player would ask again; what the owner does not allow stays so. */
  private static boolean again(Fetch fetch) {
    return fetch.whole()
        || fetch.failure().isPresent()
            && fetch.failure().get().kind().mayBeCausedBy() != FailureKind.Cause.POLICY;
  }

  private static void endUnlessWhole(Fetch fetch) throws SessionOver {
    if (fetch.failure().isPresent()) {
      throw SessionOver.by(fetch.failure().get());
    }
    if (!fetch.whole()) {
      throw SessionOver.by(fetch.end());
    }
    if (fetch.bytes() == 0) {
      throw SessionOver.by(
          new Failure(FailureKind.BODY_TRUNCATED, "download", "a segment's body is empty"));
    }
  }

  private void take(Track track, Segment came, int level) {
    track.took(came.mediaStartMicros(), came.mediaDurationMicros(), level);
    throughput = throughput.with(came.bytes(), came.lastByteMicros() - came.requestedAtMicros());
    media = media.with(came);
    state =
        state.step(max(state.nowMicros(), came.lastByteMicros()), media.playableMicros(), false);
  }

  private AdaptationRule.Choice choose(Selection selection, Track track) {
    long begun = track.start().orElse(track.position());
    long fetched = max(0, track.position() - begun);
    OptionalLong all = manifest.durationMicros();
    OptionalLong remaining =
        all.isPresent() ? OptionalLong.of(max(0, all.getAsLong() - track.position())) : all;
    PlayerView view =
        new PlayerView(
            max(0, fetched - state.playheadMicros()),
            track.segmentMicros(),
            fetched,
            remaining,
            track.level(),
            throughput);
    // Sound is not adapted, only paced.
    return track.audio()
        ? new AdaptationRule.Choice(0, AdaptationRule.untilRoom(view))
        : rule.choose(selection.ladder(), view);
  }

  private void pause(long micros) throws SessionOver {
    session.clock().pause(max(MIN_WAIT_MICROS, min(micros, session.clock().leftMicros())));
    if (Thread.currentThread().isInterrupted()) {
      throw SessionOver.by(Failures.interrupted("download"));
    }
    state = state.advance(max(state.nowMicros(), session.clock().now()));
    checkLimits();
  }

  private void checkLimits() throws SessionOver {
    state = state.advance(max(state.nowMicros(), session.clock().now()));
    if (session.clock().over()) {
      throw SessionOver.by(DownloadEnd.TIME_LIMIT);
    }
    if (session.bytes().left() == 0 || log.full()) {
      throw SessionOver.by(DownloadEnd.BYTE_LIMIT);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw SessionOver.by(Failures.interrupted("download"));
    }
  }
}
