package org.vidtomo.core.playback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.RepresentationSwitch;
import org.vidtomo.core.report.Segment;
import org.vidtomo.core.task.PlayerRule;

/**
 * What a viewer would have seen of segments. Agent and aggregator call the same function, and the
 * agent's loop takes the same steps while it downloads: a report's {@code segments} give its {@code
 * playback} again.
 */
public final class SegmentedPlayback {
  private SegmentedPlayback() {}

  /**
   * Plays segments as they came.
   *
   * @param player the rule that chose them
   * @param durationMicros the download's, from its first request to its end
   */
  public static Playback play(
      PlayerBuffer buffer,
      PlayerRule player,
      List<Segment> segments,
      DownloadEnd end,
      long durationMicros) {
    PlayerState state = PlayerState.start(buffer);
    SegmentedMedia media = SegmentedMedia.startOf(segments);
    for (Segment segment : inOrder(segments)) {
      media = media.with(segment);
      state = state.step(segment.lastByteMicros(), media.playableMicros(), false);
    }
    return PlaybackModel.finish(
        state,
        player.wireName(),
        end,
        Math.max(state.nowMicros(), durationMicros),
        switches(segments));
  }

  /** Playable media over session time, a point for each segment. */
  public static List<Playable> playable(List<Segment> segments) {
    SegmentedMedia media = SegmentedMedia.startOf(segments);
    List<Playable> points = new ArrayList<>();
    for (Segment segment : inOrder(segments)) {
      media = media.with(segment);
      points.add(new Playable(segment.lastByteMicros(), media.playableMicros()));
    }
    return points;
  }

  /** So much can be played from then on. */
  public record Playable(long atMicros, long playableMicros) {}

  private static List<Segment> inOrder(List<Segment> segments) {
    return segments.stream()
        .filter(segment -> segment.mediaDurationMicros() > 0)
        .sorted(Comparator.comparingLong(Segment::lastByteMicros))
        .toList();
  }

  /** Where the main track goes on in another representation, in media time of the session. */
  private static List<RepresentationSwitch> switches(List<Segment> segments) {
    List<RepresentationSwitch> switches = new ArrayList<>();
    Segment before = null;
    long origin = 0;
    for (Segment segment : inOrder(segments)) {
      if (segment.audio()) {
        continue;
      }
      if (before == null) {
        origin = segment.mediaStartMicros();
      } else if (!segment.representation().equals(before.representation())) {
        switches.add(
            new RepresentationSwitch(
                Math.max(0, segment.mediaStartMicros() - origin), segment.representation()));
      }
      before = segment;
    }
    return switches;
  }
}
