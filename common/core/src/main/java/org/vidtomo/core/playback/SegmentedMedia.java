package org.vidtomo.core.playback;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.core.report.Segment;

/**
 * How much can be played of the segments that have come: an immutable step. A segment counts when
 * it is whole, as players hand it to the decoder; where audio comes apart, the lesser of both
 * counts, from where both begin.
 *
 * @param separateAudio audio comes in segments of its own
 */
public record SegmentedMedia(boolean separateAudio, Track main, Track audio) {

  /**
   * Segments of one track, in the order they came.
   *
   * @param startMicros media time of the first
   * @param endMicros media time at which the newest ends
   * @param missingMicros media time in between that no segment covers; players skip it
   */
  public record Track(OptionalLong startMicros, long endMicros, long missingMicros) {
    static final Track NONE = new Track(OptionalLong.empty(), 0, 0);

    Track with(Segment segment) {
      long start = segment.mediaStartMicros();
      long end = start + segment.mediaDurationMicros();
      if (startMicros.isEmpty()) {
        return new Track(OptionalLong.of(start), end, 0);
      }
      return new Track(
          startMicros, Math.max(endMicros, end), missingMicros + Math.max(0, start - endMicros));
    }

    long playableMicros(long originMicros) {
      return startMicros.isEmpty() ? 0 : Math.max(0, endMicros - originMicros - missingMicros);
    }
  }

  public SegmentedMedia {
    requireNonNull(main, "main");
    requireNonNull(audio, "audio");
  }

  /** Nothing has come. */
  public static SegmentedMedia start(boolean separateAudio) {
    return new SegmentedMedia(separateAudio, Track.NONE, Track.NONE);
  }

  /** Nothing has come of what a report's segments will bring. */
  public static SegmentedMedia startOf(List<Segment> segments) {
    return start(segments.stream().anyMatch(segment -> segment.track().isPresent()));
  }

  /** One more segment is there. Without media, as initialization segments are, nothing changes. */
  public SegmentedMedia with(Segment segment) {
    if (segment.mediaDurationMicros() <= 0) {
      return this;
    }
    return segment.audio()
        ? new SegmentedMedia(separateAudio, main, audio.with(segment))
        : new SegmentedMedia(separateAudio, main.with(segment), audio);
  }

  /** Media time at which the session begins: where all tracks do. */
  public OptionalLong originMicros() {
    if (!separateAudio) {
      return main.startMicros();
    }
    return main.startMicros().isPresent() && audio.startMicros().isPresent()
        ? OptionalLong.of(Math.max(main.startMicros().getAsLong(), audio.startMicros().getAsLong()))
        : OptionalLong.empty();
  }

  /** Media that can be played, in microseconds since the session's beginning. */
  public long playableMicros() {
    if (originMicros().isEmpty()) {
      return 0;
    }
    long origin = originMicros().getAsLong();
    long video = main.playableMicros(origin);
    return separateAudio ? Math.min(video, audio.playableMicros(origin)) : video;
  }
}
