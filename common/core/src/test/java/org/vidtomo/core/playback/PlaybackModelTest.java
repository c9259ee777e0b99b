package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.TimelinePoint;

class PlaybackModelTest {
  private static final int SESSIONS = 5_000;

  /** Coarse times and sizes: events at one moment, and buffers that end just then, are common. */
  private static final int GRAIN_MICROS = 50_000;

  private final Random random = new Random(8);

  @Test
  void arrivals_that_make_nothing_playable_change_nothing() {
    for (int session = 0; session < SESSIONS; session++) {
      long min = micros(3);
      PlayerBuffer buffer = new PlayerBuffer(micros(6), min, min + micros(4));
      List<TimelinePoint> timeline = timeline();
      List<Arrival> arrivals = arrivals();
      DownloadEnd end = random.nextBoolean() ? DownloadEnd.END_OF_BODY : DownloadEnd.TIME_LIMIT;
      PlayableMedia media = PlayableMedia.of(timeline);
      assertThat(PlaybackModel.play(buffer, arrivals, media, end, 0))
          .as("session %d: %s %s %s %s", session, buffer, timeline, arrivals, end)
          .isEqualTo(steppedThroughAll(buffer, arrivals, media, end));
    }
  }

  private Playback steppedThroughAll(
      PlayerBuffer buffer, List<Arrival> arrivals, PlayableMedia media, DownloadEnd end) {
    PlayerState state = PlayerState.start(buffer);
    long at = 0;
    long bytes = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      at += arrivals.get(i).deltaMicros();
      bytes += arrivals.get(i).deltaBytes();
      if (i + 1 == arrivals.size() || arrivals.get(i + 1).deltaMicros() > 0) {
        state = state.step(at, media.playableMicros(bytes), false);
      }
    }
    return PlaybackModel.finish(state, "fixed", end, at, List.of());
  }

  private long micros(int most) {
    return (long) random.nextInt(most) * GRAIN_MICROS;
  }

  private List<TimelinePoint> timeline() {
    List<TimelinePoint> points = new ArrayList<>();
    long bytes = 0;
    long media = 0;
    for (int i = random.nextInt(20); i >= 0; i--) {
      bytes += 1 + random.nextInt(5);
      media += micros(4);
      points.add(new TimelinePoint(bytes, media));
    }
    return points;
  }

  private List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      arrivals.add(new Arrival(micros(4), random.nextInt(4)));
    }
    return arrivals;
  }
}
