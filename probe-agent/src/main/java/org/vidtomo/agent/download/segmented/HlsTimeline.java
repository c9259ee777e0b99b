package org.vidtomo.agent.download.segmented;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ListedSegments;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.agent.manifest.hls.MediaPlaylistPage;

/**
 * Puts live playlists on one media time. Recorded ones all begin with 0. Of a live stream the first
 * playlist that is read begins with 0; a newer version of it goes on by its sequence numbers;
 * another rendition is put where its dates say, else by sequence numbers where these fit, else so
 * that both end together (RFC 8216 §6.2.4 promises no more).
 */
final class HlsTimeline {
  private static final int FITTING_TARGETS = 3;

  /** Sequence numbers further apart are put so far apart: sums stay far from overflowing. */
  private static final long MAX_APART = 100_000_000;

  private static final long MAX_MICROS = 1L << 58;

  private final Map<Source.Playlist, Placed> placed = new IdentityHashMap<>();
  private Placed reference;

  /** A playlist's newest version and the media time of its first entry. */
  private record Placed(MediaPlaylistPage page, long startMicros, long loadedAt, boolean changed) {
    long endMicros() {
      return startMicros + page.durationMicros();
    }

    /** Media time of a sequence number; outside the list by the target duration. */
    long at(long sequence) {
      List<Long> starts = page.startsMicros();
      long apart = sequence - page.sequence();
      long index = Math.max(-MAX_APART, Math.min(MAX_APART, apart));
      if (index < 0) {
        return startMicros + index * page.targetMicros();
      }
      int last = starts.size() - 1;
      return index <= last
          ? startMicros + starts.get((int) index)
          : endMicros() + (index - last) * page.targetMicros();
    }
  }

  /** Takes the newest version of a playlist; returns its segments in media time. */
  ListedSegments take(Source.Playlist source, MediaPlaylistPage page, long now) {
    Placed before = placed.get(source);
    long start = Math.max(-MAX_MICROS, Math.min(MAX_MICROS, start(before, page)));
    boolean changed =
        before == null
            || before.page().sequence() != page.sequence()
            || before.page().startsMicros().size() != page.startsMicros().size();
    Placed newest = new Placed(page, start, now, changed);
    placed.put(source, newest);
    if (reference == null || before == reference) {
      reference = newest;
    }
    return page.from(start);
  }

  private long start(Placed before, MediaPlaylistPage page) {
    if (before != null) {
      return before.at(page.sequence());
    }
    if (reference == null || page.ended() && reference.page().ended()) {
      return 0;
    }
    OptionalLong date = reference.page().dateMicros();
    if (date.isPresent() && page.dateMicros().isPresent()) {
      return reference.startMicros() + page.dateMicros().getAsLong() - date.getAsLong();
    }
    long bySequence = reference.at(page.sequence());
    long apart = Math.abs(bySequence + page.durationMicros() - reference.endMicros());
    return apart <= FITTING_TARGETS * page.targetMicros()
        ? bySequence
        : reference.endMicros() - page.durationMicros();
  }

  /** The main playlist's length; absent while it grows. */
  OptionalLong durationMicros() {
    return reference == null || live()
        ? OptionalLong.empty()
        : OptionalLong.of(reference.page().durationMicros());
  }

  /** The main playlist has no end yet. */
  boolean live() {
    return reference != null && !reference.page().ended();
  }

  long targetMicros(Source.Playlist source) {
    Placed known = placed.getOrDefault(source, reference);
    return known.page().targetMicros();
  }

  /**
   * When a playlist may be asked for again (RFC 8216 §6.3.4): after a target duration, after half
   * of it when the last version had nothing new.
   */
  long refreshAt(Source.Playlist source) {
    Placed known = placed.getOrDefault(source, reference);
    long target = known.page().targetMicros();
    return known.loadedAt()
        + Math.max(SessionManifest.MIN_REFRESH_MICROS, known.changed() ? target : target / 2);
  }
}
