package org.vidtomo.core.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vidtomo.core.metric.StallingMos;
import org.vidtomo.core.playback.PlayerState.Phase;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.RepresentationSwitch;
import org.vidtomo.core.report.Stall;
import org.vidtomo.core.task.PlayerRule;

/** What a viewer would have seen of a download. */
public final class PlaybackModel {
  private PlaybackModel() {}

  /**
   * Plays what a report carries. Agent and aggregator call this one function: a report that was
   * stored and read gives its playback again.
   *
   * @return empty where nothing tells which media the bytes hold
   */
  public static Optional<Playback> replay(
      PlayerBuffer buffer, Download download, Optional<Media> media) {
    return replay(buffer, PlayerRule.FIXED, download, media);
  }

  /**
   * Plays what a report carries, segments where it has them.
   *
   * @param player the rule that chose the segments; a file leaves nothing to choose
   * @return empty where nothing tells which media the bytes hold
   */
  public static Optional<Playback> replay(
      PlayerBuffer buffer, PlayerRule player, Download download, Optional<Media> media) {
    if (download.segments().isPresent()) {
      return Optional.of(
          SegmentedPlayback.play(
              buffer,
              player,
              download.segments().get(),
              download.end(),
              download.durationMicros()));
    }
    return media
        .flatMap(PlayableMedia::of)
        .map(
            playable ->
                play(
                    buffer,
                    download.arrivals(),
                    playable,
                    download.end(),
                    download.durationMicros()));
  }

  /**
   * Plays a progressive download.
   *
   * @param durationMicros the download's, request sent to its end
   */
  public static Playback play(
      PlayerBuffer buffer,
      List<Arrival> arrivals,
      PlayableMedia media,
      DownloadEnd end,
      long durationMicros) {
    PlayerState state = PlayerState.start(buffer);
    long at = 0;
    long bytes = 0;
    int reached = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      at += arrivals.get(i).deltaMicros();
      bytes += arrivals.get(i).deltaBytes();
      boolean last = i + 1 == arrivals.size();
      // What comes at one moment counts together.
      if (last || arrivals.get(i + 1).deltaMicros() > 0) {
        int reaches = media.reached(bytes, reached);
        // Bytes that make nothing more playable are no event for the player.
        if (last || reaches > reached) {
          reached = reaches;
          state = state.step(at, media.mediaMicros(reached), false);
        }
      }
    }
    return finish(state, "fixed", end, Math.max(at, durationMicros), List.of());
  }

  /**
   * Ends a session: a whole body is played to its end, anything else is cut at {@code endMicros}.
   *
   * @param endMicros session time when the last byte came or the limit struck
   */
  public static Playback finish(
      PlayerState last,
      String player,
      DownloadEnd end,
      long endMicros,
      List<RepresentationSwitch> switches) {
    PlayerState state = last;
    if (end == DownloadEnd.END_OF_BODY) {
      state = state.step(state.nowMicros(), state.availableMicros(), true);
      state = state.advance(Long.MAX_VALUE / 2);
    } else {
      state = state.advance(endMicros);
    }
    return summary(state, player, end, switches);
  }

  private static Playback summary(
      PlayerState state, String player, DownloadEnd end, List<RepresentationSwitch> switches) {
    List<Stall> stalls = new ArrayList<>(state.stalls());
    long open = state.nowMicros() - state.stallBeganMicros();
    if (state.phase() == Phase.STALLED && open > 0) {
      stalls.add(new Stall(state.playheadMicros(), open));
    }
    return summary(
        player,
        state.startupMicros(),
        stalls,
        state.playheadMicros(),
        state.bufferMicros(),
        end,
        switches);
  }

  /** What follows of a session's events: counts, sums, ratio and score. */
  static Playback summary(
      String player,
      OptionalLong startupMicros,
      List<Stall> stalls,
      long played,
      long bufferAtEnd,
      DownloadEnd end,
      List<RepresentationSwitch> switches) {
    long stalled = stalls.stream().mapToLong(Stall::durationMicros).sum();
    return new Playback(
        player,
        startupMicros,
        stalls,
        stalls.size(),
        stalled,
        played,
        bufferAtEnd,
        played + stalled > 0
            ? OptionalDouble.of((double) stalled / (played + stalled))
            : OptionalDouble.empty(),
        end == DownloadEnd.TIME_LIMIT || end == DownloadEnd.BYTE_LIMIT,
        startupMicros.isPresent()
            ? OptionalDouble.of(StallingMos.of(stalls.size(), stalled))
            : OptionalDouble.empty(),
        switches);
  }
}
