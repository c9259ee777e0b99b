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

  @Test
  void bytes_of_one_moment_may_come_in_pieces() {
    // The buffer is down at 2.9 s, when 50 bytes come, and the rest with them.
    Playback playback =
        play(List.of(new Arrival(S, 2_000), new Arrival(1_900_000, 50), new Arrival(0, 7_950)));
    assertThat(playback.stalls()).isEmpty();
  }

  @Test
  void whole_session_is_startup_and_all_media_and_stalled_time() {
    Random random = new Random(9);
    for (int run = 0; run < 2_000; run++) {
      List<Arrival> arrivals = randomArrivals(random);
      Playback whole = play(randomBuffer(random), arrivals);
      assertThat(whole.playedMicros()).as("run %d", run).isEqualTo(10 * S);
      assertThat(whole.bufferAtEndMicros()).isZero();
      assertThat(whole.stalls())
          .as("run %d", run)
          .allSatisfy(
              stall -> {
                assertThat(stall.durationMicros()).isPositive();
                assertThat(stall.mediaTimeMicros()).isBetween(0L, 10 * S);
              });
    }
  }

  /**
   * What is true of bytes that come earlier. Let P(t) be the place of the picture, and P'(t) that
   * with bytes of which at no time fewer are there. Then P'(t) >= P(t) - (restart - min), always:
   * were it to fall further behind, P would be moving with more than min ahead of it, so that P'
   * had more than restart ahead and moved as well. With restart = min nobody waits longer. Start is
   * never later.
   */
  @Test
  void more_bytes_earlier_never_wait_longer_than_restart_above_min() {
    Random random = new Random(8);
    for (int run = 0; run < 4_000; run++) {
      List<Arrival> arrivals = randomArrivals(random);
      List<Arrival> earlier = earlier(arrivals, random);
      PlayerBuffer buffer = randomBuffer(random);
      if (run % 2 == 0) {
        buffer = new PlayerBuffer(buffer.initialMicros(), buffer.minMicros(), buffer.minMicros());
      }
      long allowed = buffer.restartMicros() - buffer.minMicros();
      assertThat(play(buffer, earlier).startupDelayMicros().orElseThrow())
          .as("start of run %d", run)
          .isLessThanOrEqualTo(play(buffer, arrivals).startupDelayMicros().orElseThrow());
      assertThat(waiting(play(buffer, earlier)))
          .as("waiting of run %d", run)
          .isLessThanOrEqualTo(waiting(play(buffer, arrivals)) + allowed);
      long end = 1 + random.nextLong(20 * S);
      assertThat(cut(buffer, earlier, end).playedMicros())
          .as("picture of run %d at %d", run, end)
          .isGreaterThanOrEqualTo(cut(buffer, arrivals, end).playedMicros() - allowed);
    }
  }

  /** Why it is not simply "never more stalling". */
  @Test
  void more_bytes_earlier_may_stall_where_fewer_do_not() {
    PlayerBuffer patient = new PlayerBuffer(S, 0, 5 * S);
    List<Arrival> steady = everySecondFrom(2 * S);
    // The first second of media comes a second sooner: the picture starts, runs dry at 2 s when
    // no more is there yet, and then waits until over five seconds are.
    List<Arrival> sooner = new ArrayList<>(steady);
    sooner.set(0, new Arrival(S - 1, 1_000));
    sooner.set(1, new Arrival(2 * S + 1, 1_000));
    assertThat(play(patient, steady).stalls()).isEmpty();
    assertThat(play(patient, sooner).stalls()).containsExactly(new Stall(S, 6 * S + 1));
    assertThat(waiting(play(patient, sooner)) - waiting(play(patient, steady)))
        .as("just what restart above min allows")
        .isEqualTo(5 * S);
  }

  private static List<Arrival> everySecondFrom(long first) {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(new Arrival(first, 1_000));
    for (int i = 1; i < 10; i++) {
      arrivals.add(new Arrival(S, 1_000));
    }
    return arrivals;
  }

  /** The same bytes, some of them sooner. */
  private static List<Arrival> earlier(List<Arrival> arrivals, Random random) {
    List<Arrival> earlier = new ArrayList<>(arrivals);
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      int sooner = random.nextInt(earlier.size());
      Arrival moved = earlier.get(sooner);
      long by = moved.deltaMicros() == 0 ? 0 : random.nextLong(moved.deltaMicros());
      earlier.set(sooner, new Arrival(moved.deltaMicros() - by, moved.deltaBytes()));
      if (sooner + 1 < earlier.size()) {
        Arrival next = earlier.get(sooner + 1);
        earlier.set(sooner + 1, new Arrival(next.deltaMicros() + by, next.deltaBytes()));
      }
    }
    return earlier;
  }

  private static Playback cut(PlayerBuffer buffer, List<Arrival> arrivals, long end) {
    List<Arrival> before = new ArrayList<>();
    long at = 0;
    for (Arrival arrival : arrivals) {
      at += arrival.deltaMicros();
      if (at <= end) {
        before.add(arrival);
      }
    }
    return PlaybackModel.play(buffer, before, TEN_SECONDS, DownloadEnd.TIME_LIMIT, end);
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
