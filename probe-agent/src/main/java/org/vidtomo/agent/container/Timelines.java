package org.vidtomo.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.core.report.TimelinePoint;

/** Puts tracks together: what can be played is what all of them have. */
final class Timelines {
  /** Points that a report carries at most. */
  static final int MAX_POINTS = 600;

  /** A track that is silent for so long while others go on is one that has ended. */
  private static final long SILENT_MICROS = 10_000_000;

  private Timelines() {}

  /**
   * A track's steps.
   *
   * @param steps from its first sample on
   * @param startMicros when its first sample is shown, before which playing needs nothing of it; or
   *     {@link #NOT_BEGUN}
   * @param endMicros when its last sample ends
   * @param whole no more steps will come: the track holds playing back no longer
   */
  record Track(StepList steps, long startMicros, long endMicros, boolean whole) {
    /** The start of a track of which no sample came. */
    static final long NOT_BEGUN = Long.MIN_VALUE;

    /** Media before {@code origin}, as encoders' priming is, is not played. */
    long until(int next, long origin) {
      if (startMicros == NOT_BEGUN) {
        return 0;
      }
      long micros = startMicros - origin + (next == 0 ? 0 : steps.micros(next - 1));
      return Math.max(0, micros);
    }
  }

  /** When playing begins: with the first sample of any track. */
  private static long origin(List<Track> tracks) {
    return Math.max(
        0,
        tracks.stream()
            .mapToLong(Track::startMicros)
            .filter(micros -> micros != Track.NOT_BEGUN)
            .min()
            .orElse(0));
  }

  /** From the first sample of any track to the end of the last. */
  static OptionalLong durationMicros(List<Track> tracks) {
    long origin = origin(tracks);
    return tracks.stream()
        .filter(track -> track.steps().size() > 0)
        .mapToLong(track -> track.endMicros() - origin)
        .filter(micros -> micros > 0)
        .max();
  }

  /**
   * Tracks of containers that put sound and pictures side by side, as streams do: one that is
   * silent for long holds playing back no longer.
   */
  static List<Track> interleaved(List<Track> tracks) {
    long furthest = tracks.stream().mapToLong(Track::endMicros).max().orElse(0);
    long origin = origin(tracks);
    return tracks.stream()
        .filter(track -> track.steps().size() > 0 || furthest - origin < SILENT_MICROS)
        .map(
            track ->
                track.steps().size() > 0 && track.endMicros() < furthest - SILENT_MICROS
                    ? new Track(track.steps(), track.startMicros(), track.endMicros(), true)
                    : track)
        .toList();
  }

  /** The minimum over tracks, up to so many bytes, thinned to {@link #MAX_POINTS}. */
  static List<TimelinePoint> merge(List<Track> tracks, long limitBytes) {
    StepList merged = new StepList();
    int[] next = new int[tracks.size()];
    long origin = origin(tracks);
    long at;
    while ((at = nextBytes(tracks, next)) <= limitBytes) {
      long playable = playable(tracks, next, at, origin);
      if (playable > merged.lastMicros()) {
        merged.add(at, playable);
      }
    }
    return thin(merged);
  }

  /** The next byte position at which any track has more; MAX_VALUE when none has. */
  private static long nextBytes(List<Track> tracks, int[] next) {
    long nearest = Long.MAX_VALUE;
    for (int t = 0; t < next.length; t++) {
      StepList steps = tracks.get(t).steps();
      if (next[t] < steps.size()) {
        nearest = Math.min(nearest, steps.bytes(next[t]));
      }
    }
    return nearest;
  }

  private static long playable(List<Track> tracks, int[] next, long at, long origin) {
    long least = Long.MAX_VALUE;
    long longest = 0;
    for (int t = 0; t < next.length; t++) {
      Track track = tracks.get(t);
      StepList steps = track.steps();
      while (next[t] < steps.size() && steps.bytes(next[t]) <= at) {
        next[t]++;
      }
      long has = track.until(next[t], origin);
      longest = Math.max(longest, has);
      if (next[t] < steps.size() || !track.whole()) {
        least = Math.min(least, has);
      }
    }
    return least == Long.MAX_VALUE ? longest : least;
  }

  /**
   * Keeps the first step in each of {@link #MAX_POINTS} equal parts of media time, and the last of
   * all. A step left out makes media count as playable later, by a part at most, never earlier.
   */
  static List<TimelinePoint> thin(StepList steps) {
    List<TimelinePoint> points = new ArrayList<>();
    long part = Math.max(1, steps.lastMicros() / (MAX_POINTS - 1));
    long next = 0;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      if (last || steps.size() <= MAX_POINTS || steps.micros(i) >= next) {
        points.add(new TimelinePoint(steps.bytes(i), steps.micros(i)));
        next = (steps.micros(i) / part + 1) * part;
      }
    }
    return points;
  }
}
