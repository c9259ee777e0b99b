package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Stall;

class PlayerStateTest {
  private static final long S = 1_000_000;
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2 * S, S / 10, S);

  /** 1,000 bytes a second of media, playable to the byte in steps of 100 ms. */
  private static final PlayableMedia TEN_SECONDS = PlayableMedia.ofMeanBitrate(10_000, 10 * S);

  @Test
  void playing_starts_when_the_initial_buffer_is_there() {
    Playback playback =
        play(List.of(new Arrival(S, 1_999), new Arrival(S, 1), new Arrival(S, 8_000)));
    assertThat(playback.startupDelayMicros()).hasValue(2 * S);
    assertThat(playback.stalls()).isEmpty();
    assertThat(playback.playedMicros()).isEqualTo(10 * S);
    assertThat(playback.censored()).isFalse();
    assertThat(playback.stallingMos()).hasValueCloseTo(5.0, within(1e-9));
  }

  @Test
  void stall_begins_when_the_buffer_is_exhausted_not_when_bytes_come() {
    // 2 s of media at 1 s; 0.1 s are left at 2.9 s; the rest comes at 6 s.
    Playback playback = play(List.of(new Arrival(S, 2_000), new Arrival(5 * S, 8_000)));
    assertThat(playback.stalls()).containsExactly(new Stall(1_900_000, 3_100_000));
    assertThat(playback.stallRatio()).hasValueCloseTo(3.1 / 13.1, within(1e-12));
  }

  @Test
  void arrival_at_the_moment_of_exhaustion_prevents_the_stall() {
    assertThat(play(List.of(new Arrival(S, 2_000), new Arrival(1_900_000, 8_000))).stalls())
        .isEmpty();
    assertThat(play(List.of(new Arrival(S, 2_000), new Arrival(1_900_001, 8_000))).stalls())
        .containsExactly(new Stall(1_900_000, 1));
  }

  @Test
  void playing_goes_on_only_above_the_restart_buffer() {
    // Stalled with 0.1 s left; at 1.0 s exactly it still waits, above it plays.
    Playback playback =
        play(
            List.of(
                new Arrival(S, 2_000),
                new Arrival(3 * S, 900),
                new Arrival(S, 100),
                new Arrival(S, 7_000)));
    assertThat(playback.stalls()).containsExactly(new Stall(1_900_000, 2_100_000));
  }

  @Test
  void media_shorter_than_the_initial_buffer_is_played() {
    PlayableMedia second = PlayableMedia.ofMeanBitrate(1_000, S);
    Playback playback =
        PlaybackModel.play(
            BUFFER, List.of(new Arrival(S, 1_000)), second, DownloadEnd.END_OF_BODY, S);
    assertThat(playback.startupDelayMicros()).hasValue(S);
    assertThat(playback.playedMicros()).isEqualTo(S);
  }

  @Test
  void limit_ends_the_session_where_it_stands() {
    Playback playback =
        PlaybackModel.play(
            BUFFER, List.of(new Arrival(S, 2_000)), TEN_SECONDS, DownloadEnd.TIME_LIMIT, 5 * S);
    assertThat(playback.stalls()).containsExactly(new Stall(1_900_000, 2_100_000));
    assertThat(playback.censored()).isTrue();
    assertThat(playback.bufferAtEndMicros()).isEqualTo(100_000);
  }

  @Test
  void nothing_arrived_means_nothing_is_known_of_playing() {
    Playback playback =
        PlaybackModel.play(BUFFER, List.of(), TEN_SECONDS, DownloadEnd.FAILED, 5 * S);
    assertThat(playback.startupDelayMicros()).isEmpty();
    assertThat(playback.stallRatio()).isEmpty();
    assertThat(playback.stallingMos()).isEmpty();
  }

  @Test
  void time_cannot_go_back() {
    PlayerState later = PlayerState.start(BUFFER).step(10, 0, false);
    assertThatThrownBy(() -> later.step(9, 0, false)).hasMessageContaining("go back");
  }

  @Test
  void session_is_startup_and_played_and_stalled_time() {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      List<Arrival> arrivals = randomArrivals(random);
      PlayerBuffer buffer = randomBuffer(random);
      long end =
          arrivals.stream().mapToLong(Arrival::deltaMicros).sum() + random.nextInt(3_000_000);
      Playback cut = PlaybackModel.play(buffer, arrivals, TEN_SECONDS, DownloadEnd.TIME_LIMIT, end);
      if (cut.startupDelayMicros().isPresent()) {
        assertThat(cut.startupDelayMicros().getAsLong() + cut.playedMicros() + cut.stalledMicros())
            .as("run %d", run)
            .isEqualTo(end);
      }
    }
  }

  /**
   * Only where playing resumes at the buffer at which it stopped: a restart buffer above it makes a
   * player that starts sooner wait for more later.
   */
  @Test
  void more_bytes_earlier_never_make_the_viewer_wait_longer() {
    Random random = new Random(8);
    for (int run = 0; run < 2_000; run++) {
      List<Arrival> arrivals = randomArrivals(random);
      long min = random.nextInt(300_000);
      PlayerBuffer buffer = new PlayerBuffer(min + 1 + random.nextInt(2_000_000), min, min);
      List<Arrival> earlier = new ArrayList<>(arrivals);
      int sooner = random.nextInt(arrivals.size());
      Arrival moved = arrivals.get(sooner);
      long by = moved.deltaMicros() == 0 ? 0 : random.nextLong(moved.deltaMicros());
      earlier.set(sooner, new Arrival(moved.deltaMicros() - by, moved.deltaBytes()));
      if (sooner + 1 < arrivals.size()) {
        Arrival next = arrivals.get(sooner + 1);
        earlier.set(sooner + 1, new Arrival(next.deltaMicros() + by, next.deltaBytes()));
      }
      assertThat(waiting(play(buffer, earlier)))
          .as("run %d", run)
          .isLessThanOrEqualTo(waiting(play(buffer, arrivals)));
    }
  }

  /** Startup and stalls together: what the viewer waits. */
  private static long waiting(Playback playback) {
    return playback.startupDelayMicros().orElse(0) + playback.stalledMicros();
  }

  private static List<Arrival> randomArrivals(Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    long left = 10_000;
    while (left > 0) {
      long bytes = Math.min(left, 1 + random.nextInt(1_500));
      arrivals.add(new Arrival(random.nextInt(2_500_000), bytes));
      left -= bytes;
    }
    return arrivals;
  }

  private static PlayerBuffer randomBuffer(Random random) {
    long min = random.nextInt(300_000);
    return new PlayerBuffer(
        min + 1 + random.nextInt(2_000_000), min, min + random.nextInt(2_000_000));
  }

  private static Playback play(List<Arrival> arrivals) {
    return play(BUFFER, arrivals);
  }

  private static Playback play(PlayerBuffer buffer, List<Arrival> arrivals) {
    long end = arrivals.stream().mapToLong(Arrival::deltaMicros).sum();
    return PlaybackModel.play(buffer, arrivals, TEN_SECONDS, DownloadEnd.END_OF_BODY, end);
  }
}
