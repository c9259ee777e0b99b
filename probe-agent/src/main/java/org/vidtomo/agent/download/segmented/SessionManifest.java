package org.vidtomo.agent.download.segmented;

import java.net.URI;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.Period;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.SegmentIndex;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.agent.manifest.dash.MpdReader;
import org.vidtomo.agent.manifest.dash.SegmentIndexBox;
import org.vidtomo.agent.manifest.hls.HlsReader;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;

/**
 * A session's manifest: fetched at its beginning, its parts when they are needed, and those of a
 * live stream again when they are due. A master playlist leads to media playlists and no further.
 */
final class SessionManifest {
  /** Live manifests are not asked for more often, whatever they say. */
  static final long MIN_REFRESH_MICROS = 500_000;

  /** Players stay so many segments behind the edge when they are not told (dash.js, RFC 8216). */
  private static final int DASH_SEGMENTS_BEHIND = 4;

  private static final int HLS_SEGMENTS_BEHIND = 3;
  private static final int MAX_INDEX_BYTES = 4 << 20;

  private final Session session;
  private final Clock machine;
  private final Map<Source, SegmentIndex> indexes = new IdentityHashMap<>();
  private final HlsTimeline hls = new HlsTimeline();
  private URI url;
  private Presentation presentation;
  private boolean dash;
  private long loadedAt;
  private OptionalLong unixZero = OptionalLong.empty();

  private SessionManifest(Session session, Clock machine) {
    this.session = session;
    this.machine = machine;
  }

  /** Fetches a manifest and begins the session with it. */
  static SessionManifest load(Session session, URI url, Clock machine)
      throws SessionOver, ManifestException {
    SessionManifest manifest = new SessionManifest(session, machine);
    manifest.url = url;
    manifest.load();
    return manifest;
  }

  private void load() throws SessionOver, ManifestException {
    Fetch fetch = fetched(url);
    String text = ManifestText.of(fetch);
    dash = !text.stripLeading().startsWith("#EXTM3U") && !text.startsWith("\uFEFF#");
    if (dash) {
      presentation = MpdReader.read(fetch.url(), text);
      url = presentation.live().flatMap(Presentation.Live::location).orElse(fetch.url());
      setServerTime(fetch);
    } else if (HlsReader.isMaster(text)) {
      presentation = HlsReader.master(fetch.url(), text);
    } else {
      presentation = HlsReader.single(fetch.url());
      Source.Playlist playlist = (Source.Playlist) onlySource();
      indexes.put(playlist, hls.take(playlist, HlsReader.media(fetch.url(), text), loadedAt));
    }
  }

  private Source onlySource() {
    return presentation.periods().get(0).sets().get(0).representations().get(0).source();
  }

  private Fetch fetched(URI manifest) throws SessionOver {
    Fetch fetch = session.manifest(manifest, ManifestText.MAX_BYTES);
    if (!fetch.whole()) {
      throw over(fetch);
    }
    loadedAt = session.clock().now();
    return fetch;
  }

  private static SessionOver over(Fetch fetch) {
    return fetch.end() == DownloadEnd.FAILED
        ? SessionOver.by(fetch.failure().orElseThrow())
        : SessionOver.by(fetch.end());
  }

  Presentation presentation() {
    return presentation;
  }

  /** The whole presentation's length; absent when no one knows it yet. */
  OptionalLong durationMicros() {
    return dash ? presentation.durationMicros() : hls.durationMicros();
  }

  /** More may come than the manifest tells now. */
  boolean live() {
    return dash ? presentation.live().isPresent() : hls.live();
  }

  /** The last period that has begun at a media time. */
  Period periodAt(long positionMicros) {
    Period found = presentation.periods().get(0);
    for (Period period : presentation.periods()) {
      // Ends of segments are rounded.
      if (period.startMicros() <= positionMicros + 1_000) {
        found = period;
      }
    }
    return found;
  }

  /** The period after a period. */
  Optional<Period> after(Period period) {
    return presentation.periods().stream()
        .filter(next -> next.startMicros() > period.startMicros())
        .findFirst();
  }

  /** The segments of a representation, fetched when they are not known. */
  SegmentIndex index(Source source) throws SessionOver, ManifestException {
    SegmentIndex known = indexes.get(source);
    if (known != null) {
      return known;
    }
    SegmentIndex index = load(source);
    indexes.put(source, index);
    return index;
  }

  private SegmentIndex load(Source source) throws SessionOver, ManifestException {
    if (source instanceof Source.Listed listed) {
      return listed.index();
    }
    return source instanceof Source.Playlist playlist
        ? playlist(playlist)
        : indexBox((Source.IndexBox) source);
  }

  private SegmentIndex playlist(Source.Playlist playlist) throws SessionOver, ManifestException {
    Fetch fetch = fetched(playlist.url());
    return hls.take(
        playlist, HlsReader.media(fetch.url(), ManifestText.of(fetch)), session.clock().now());
  }

  private SegmentIndex indexBox(Source.IndexBox box) throws SessionOver, ManifestException {
    Fetch fetch = session.index(box.index(), MAX_INDEX_BYTES);
    if (!fetch.whole()) {
      throw over(fetch);
    }
    return SegmentIndexBox.read(box, fetch.body());
  }

  /**
   * When a live manifest may be fetched again, in session time.
   *
   * @return empty when it will not change
   */
  OptionalLong refreshAt(Source source) {
    if (!live()) {
      return OptionalLong.empty();
    }
    if (!dash) {
      return OptionalLong.of(hls.refreshAt((Source.Playlist) source));
    }
    OptionalLong every = presentation.live().orElseThrow().refreshMicros();
    return every.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(loadedAt + Math.max(MIN_REFRESH_MICROS, every.getAsLong()));
  }

  /**
   * The manifest changes of itself as time goes by, and is to be fetched again before it is due.
   */
  boolean refreshesByTime() {
    return dash && presentation.live().map(l -> l.refreshMicros().orElse(0)).orElse(0L) > 0;
  }

  /** Fetches again what lists a representation's segments. */
  void refresh(Source source) throws SessionOver, ManifestException {
    if (dash) {
      indexes.clear();
      load();
    } else {
      indexes.put(source, playlist((Source.Playlist) source));
    }
  }

  /** Media time at which players begin: the beginning, or so far behind a live edge. */
  long startMicros(SegmentIndex index, Source source) {
    if (!live()) {
      return dash ? presentation.periods().get(0).startMicros() : index.firstMicros();
    }
    long behind =
        dash
            ? presentation
                .live()
                .flatMap(l -> l.delayMicros().isPresent() ? Optional.of(l) : Optional.empty())
                .map(l -> l.delayMicros().getAsLong())
                .orElse(DASH_SEGMENTS_BEHIND * index.segmentMicros())
            : HLS_SEGMENTS_BEHIND * hls.targetMicros((Source.Playlist) source);
    return Math.max(index.firstMicros(), index.edgeMicros(serverNow()) - behind);
  }

  /** Unix time at the server now. */
  long serverNow() {
    return unixZero.isPresent()
        ? unixZero.getAsLong() + session.clock().now()
        : machine.millis() * 1000;
  }

  /** By the MPD's own word, else the Date header; else the machine's clock has to do. */
  private void setServerTime(Fetch fetch) {
    OptionalLong stated =
        presentation.live().map(Presentation.Live::serverMicros).orElse(OptionalLong.empty());
    OptionalLong server = stated.isPresent() ? stated : ManifestText.serverMicros(fetch);
    if (server.isPresent()) {
      unixZero = OptionalLong.of(server.getAsLong() - fetch.firstByteMicros());
    }
  }

  /** A failure in the terms of a report. */
  static Failure failure(ManifestException e) {
    return new Failure(e.kind(), "download", e.getMessage());
  }
}
