package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.RepresentationSwitch;
import org.vidtomo.core.report.Segment;
import org.vidtomo.core.report.Stall;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

class SegmentedPlaybackTest {
  private static final long S = 1_000_000;
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2 * S, S / 10, S);

  private static Segment segment(String track, String id, long start, long length, long at) {
    return new Segment(
        "http://h.example/" + start,
        Optional.ofNullable(track),
        id,
        start,
        length,
        Math.max(0, at - S / 2),
        Math.max(0, at - S / 4),
        at,
        1000,
        200);
  }

  private static Segment muxed(long start, long length, long at) {
    return segment(null, "1", start, length, at);
  }

  private static Playback play(List<Segment> segments, DownloadEnd end, long durationMicros) {
    return SegmentedPlayback.play(BUFFER, PlayerRule.FIXED, segments, end, durationMicros);
  }

  @Test
  void segment_countsWhenItIsWhole() {
    Playback playback =
        play(
            List.of(muxed(0, 2 * S, S), muxed(2 * S, 2 * S, 5 * S)),
            DownloadEnd.END_OF_BODY,
            5 * S);
    assertThat(playback.startupDelayMicros()).hasValue(S);
    // 1.9 s played from 1 s on; the next is there at 5 s.
    assertThat(playback.stalls()).containsExactly(new Stall(1_900_000, 2_100_000));
    assertThat(playback.playedMicros()).isEqualTo(4 * S);
    assertThat(playback.censored()).isFalse();
  }

  @Test
  void separateAudio_isWaitedFor() {
    List<Segment> segments =
        List.of(
            segment("video", "v", 0, 4 * S, S),
            segment("audio", "a", 0, 2 * S, 3 * S),
            segment("audio", "a", 2 * S, 2 * S, 4 * S));
    Playback playback = play(segments, DownloadEnd.TIME_LIMIT, 4 * S);
    assertThat(playback.startupDelayMicros()).hasValue(3 * S);
    assertThat(playback.playedMicros()).isEqualTo(S);
    assertThat(playback.bufferAtEndMicros()).isEqualTo(3 * S);
    assertThat(playback.censored()).isTrue();
  }

  @Test
  void tracksThatBeginApart_beginWhereBothAre() {
    List<Segment> segments =
        List.of(
            segment("video", "v", 10 * S, 4 * S, S), segment("audio", "a", 8 * S, 6 * S, 2 * S));
    assertThat(SegmentedPlayback.playable(segments))
        .extracting(SegmentedPlayback.Playable::playableMicros)
        .containsExactly(0L, 4 * S);
  }

  @Test
  void initializationAndBrokenSegments_addNothing() {
    List<Segment> segments =
        List.of(muxed(0, 0, S), muxed(0, 2 * S, 2 * S), muxed(2 * S, 0, 3 * S));
    Playback playback = play(segments, DownloadEnd.FAILED, 3 * S);
    assertThat(playback.startupDelayMicros()).hasValue(2 * S);
    assertThat(playback.playedMicros()).isEqualTo(S);
  }

  @Test
  void gaps_areSkippedAsPlayersDo() {
    List<Segment> segments = List.of(muxed(0, 2 * S, S), muxed(6 * S, 2 * S, 2 * S));
    assertThat(SegmentedPlayback.playable(segments).get(1).playableMicros()).isEqualTo(4 * S);
  }

  @Test
  void switches_areThoseOfThePicture() {
    List<Segment> segments =
        List.of(
            segment("video", "low", 20 * S, 2 * S, S),
            segment("audio", "a", 20 * S, 4 * S, S),
            segment("video", "high", 22 * S, 2 * S, 2 * S),
            segment("video", "high", 24 * S, 2 * S, 3 * S));
    assertThat(play(segments, DownloadEnd.END_OF_BODY, 3 * S).representationSwitches())
        .containsExactly(new RepresentationSwitch(2 * S, "high"));
  }

  @Test
  void nothing_isASessionThatNeverBegan() {
    Playback playback = play(List.of(), DownloadEnd.TIME_LIMIT, 3 * S);
    assertThat(playback.startupDelayMicros()).isEmpty();
    assertThat(playback.playedMicros()).isZero();
  }

  @Test
  void startupPlayedAndStalled_areTheSession() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Segment> segments = new ArrayList<>();
      long at = 0;
      for (int i = 0; i < 20; i++) {
        at += random.nextLong(4 * S) + 1;
        segments.add(muxed(i * 2 * S, 2 * S, at));
      }
      Playback playback = play(segments, DownloadEnd.TIME_LIMIT, at);
      long startup = playback.startupDelayMicros().orElse(at);
      assertThat(startup + playback.playedMicros() + playback.stalledMicros()).isEqualTo(at);
    }
  }

  @Test
  void segmentsOfOlderReports_haveNoTrack() throws WireException {
    Segment segment = muxed(0, S, S);
    String json = Wire.toJson(segment);
    assertThat(json).doesNotContain("track");
    assertThat(Wire.read(json, Segment.class)).isEqualTo(segment);
  }
}
