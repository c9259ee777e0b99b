package org.vidtomo.agent.container;

import java.util.ArrayList;
import java.util.List;
import org.vidtomo.core.report.TimelinePoint;

/** Puts tracks together: what can be played is what all of them have. */
final class Timelines {
  /** Points that a report carries at most. */
  static final int MAX_POINTS = 600;

  private Timelines() {}

  /**
   * A track's steps.
   *
   * @param whole no more steps will come: the track holds playing back no longer
   */
  record Track(StepList steps, boolean whole) {}

  /** The minimum over tracks, up to so many bytes, thinned to {@link #MAX_POINTS}. */
  static List<TimelinePoint> merge(List<Track> tracks, long limitBytes) {
    StepList merged = new StepList();
    int[] next = new int[tracks.size()];
    long at = -1;
    while ((at = nextBytes(tracks, next, at)) <= limitBytes && merged.size() < (1 << 18)) {
      long playable = playable(tracks, next, at);
      if (playable > merged.lastMicros()) {
        merged.add(at, playable);
      }
    }
    return thin(merged);
  }

  /** Moves to the next byte position at which any track has more; MAX_VALUE when none has. */
  private static long nextBytes(List<Track> tracks, int[] next, long at) {
    long nearest = Long.MAX_VALUE;
    for (int t = 0; t < next.length; t++) {
      StepList steps = tracks.get(t).steps();
      if (next[t] < steps.size()) {
        nearest = Math.min(nearest, steps.bytes(next[t]));
      }
    }
    return nearest;
  }

  private static long playable(List<Track> tracks, int[] next, long at) {
    long least = Long.MAX_VALUE;
    long longest = 0;
    for (int t = 0; t < next.length; t++) {
      Track track = tracks.get(t);
      StepList steps = track.steps();
      while (next[t] < steps.size() && steps.bytes(next[t]) <= at) {
        next[t]++;
      }
      long has = next[t] == 0 ? 0 : steps.micros(next[t] - 1);
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
    if (steps.size() == 0) {
      return points;
    }
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
