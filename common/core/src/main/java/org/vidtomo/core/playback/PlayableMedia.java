package org.vidtomo.core.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.TimelinePoint;

/** How much media can be played once so many bytes are there: a rising step function. */
public final class PlayableMedia {
  /** Steps of media time where only the mean bitrate is known. */
  private static final long STEP_MICROS = 100_000;

  private static final int MAX_STEPS = 2_000;

  private final List<TimelinePoint> timeline;

  private PlayableMedia(List<TimelinePoint> timeline) {
    this.timeline = timeline;
  }

  /**
   * From a media's own timeline.
   *
   * @param timeline strictly rising in bytes, not falling in media time
   */
  public static PlayableMedia of(List<TimelinePoint> timeline) {
    for (int i = 1; i < timeline.size(); i++) {
      TimelinePoint before = timeline.get(i - 1);
      TimelinePoint point = timeline.get(i);
      if (point.bytes() <= before.bytes() || point.mediaMicros() < before.mediaMicros()) {
        throw new IllegalArgumentException(
            "a timeline must rise, but " + point + " follows " + before);
      }
    }
    return new PlayableMedia(List.copyOf(timeline));
  }

  /** As a report describes it: its own timeline, else its mean bitrate; empty where neither is. */
  public static Optional<PlayableMedia> of(Media media) {
    Optional<List<TimelinePoint>> own = media.timeline().filter(points -> !points.isEmpty());
    if (own.isPresent()) {
      return own.map(PlayableMedia::of);
    }
    long bytes = media.bytes().orElse(0);
    long durationMicros = media.durationMicros().orElse(0);
    return bytes > 0 && durationMicros > 0
        ? Optional.of(ofMeanBitrate(bytes, durationMicros))
        : Optional.empty();
  }

  /**
   * From the mean bitrate, where the container says no more.
   *
   * @param bytes the whole media's, over 0
   * @param durationMicros the whole media's, over 0
   */
  public static PlayableMedia ofMeanBitrate(long bytes, long durationMicros) {
    if (bytes <= 0 || durationMicros <= 0) {
      throw new IllegalArgumentException(
          "bytes and duration must be over 0: " + bytes + ", " + durationMicros + " µs");
    }
    long steps = Math.max(1, Math.min(Math.min(MAX_STEPS, bytes), durationMicros / STEP_MICROS));
    List<TimelinePoint> points = new ArrayList<>();
    for (long i = 1; i <= steps; i++) {
      points.add(
          new TimelinePoint(
              (long) Math.ceil((double) bytes * i / steps),
              Math.round((double) durationMicros * i / steps)));
    }
    return of(points);
  }

  /** The points, as a report carries them. */
  public List<TimelinePoint> timeline() {
    return timeline;
  }

  /** Media that can be played, in microseconds, when so many bytes are there. */
  public long playableMicros(long bytes) {
    int low = 0;
    int high = timeline.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timeline.get(middle).bytes() <= bytes) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return mediaMicros(low);
  }

  /**
   * How many points so many bytes reach.
   *
   * @param from so many are reached by fewer bytes
   */
  int reached(long bytes, int from) {
    int reached = from;
    while (reached < timeline.size() && timeline.get(reached).bytes() <= bytes) {
      reached++;
    }
    return reached;
  }

  /** Media that can be played, in microseconds, when so many points are reached. */
  long mediaMicros(int reached) {
    return reached == 0 ? 0 : timeline.get(reached - 1).mediaMicros();
  }
}
