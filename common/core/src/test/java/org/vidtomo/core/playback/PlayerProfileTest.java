package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

class PlayerProfileTest {
  private static final long S = 1_000_000;
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2 * S, S / 10, S);

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 105})
  void pytomo_sees_stalls_that_no_viewer_sees(int percentOfBitrate) {
    // 30 s of a link that carries the media a little faster than it plays.
    Download download = steady(percentOfBitrate, 30);
    Optional<Media> media = Optional.of(media(Optional.empty()));
    Playback viewer = PlayerProfile.VIDTOMO.replay(BUFFER, download, media).orElseThrow();
    Playback pytomo = PlayerProfile.PYTOMO.replay(BUFFER, download, media).orElseThrow();
    assertThat(viewer.stallCount()).isZero();
    assertThat(pytomo.stallCount()).isBetween(1, 3);
    assertThat(pytomo.player()).isEqualTo("pytomo");
  }

  @Test
  void pytomo_counts_initial_buffering_as_played() {
    // 2 s of media at 1.9 s: Pytomo has 0.1 s left then, and less than that a moment later.
    List<Arrival> arrivals =
        List.of(
            new Arrival(S / 2, 100),
            new Arrival(1_900_000, 2_000),
            new Arrival(100_000, 10),
            new Arrival(S, 1_200),
            new Arrival(100_000, 10));
    Download download = download(arrivals, DownloadEnd.TIME_LIMIT, 4 * S);
    Playback pytomo =
        PlayerProfile.PYTOMO
            .replay(BUFFER, download, Optional.of(media(Optional.empty())))
            .orElseThrow();
    assertThat(pytomo.startupDelayMicros()).hasValue(2_400_000);
    // The read that began playing took 1.9 s, which its clock leaves out: nothing stalls yet.
    assertThat(pytomo.stalls()).isEmpty();
    assertThat(pytomo.playedMicros()).isEqualTo(3_300_000);
    assertThat(pytomo.bufferAtEndMicros()).isZero();
  }

  @Test
  void fast_download_is_the_same_for_both() {
    Download download = steady(1_000, 5);
    Optional<Media> media = Optional.of(media(Optional.empty()));
    assertThat(PlayerProfile.VIDTOMO.replay(BUFFER, download, media).orElseThrow().stalls())
        .isEmpty();
    assertThat(PlayerProfile.PYTOMO.replay(BUFFER, download, media).orElseThrow().stalls())
        .isEmpty();
  }

  @Test
  void stored_download_and_media_give_the_same_playback_again() throws WireException {
    Random random = new Random(11);
    for (int run = 0; run < 300; run++) {
      Media media = media(random.nextBoolean() ? Optional.of(timeline(random)) : Optional.empty());
      Download download = random(random);
      PlayerBuffer buffer = new PlayerBuffer(random.nextInt(3_000_000), 100_000, 1_000_000);
      Download storedDownload = Wire.read(Wire.toBytes(download), Download.class);
      Media storedMedia = Wire.read(Wire.toBytes(media), Media.class);
      for (PlayerProfile profile : PlayerProfile.values()) {
        Optional<Playback> first = profile.replay(buffer, download, Optional.of(media));
        assertThat(profile.replay(buffer, storedDownload, Optional.of(storedMedia)))
            .as("run %d", run)
            .isPresent()
            .isEqualTo(first);
        Playback stored = Wire.read(Wire.toBytes(first.orElseThrow()), Playback.class);
        assertThat(stored).isEqualTo(first.orElseThrow());
      }
    }
  }

  @Test
  void bytes_of_unknown_media_cannot_be_played() {
    Download download = steady(100, 5);
    assertThat(PlaybackModel.replay(BUFFER, download, Optional.empty())).isEmpty();
    Media unknown =
        new Media(
            "mp4",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of(List.of()));
    assertThat(PlaybackModel.replay(BUFFER, download, Optional.of(unknown))).isEmpty();
  }

  /** 1,000 bytes a second of media, 100 s long. */
  private static Media media(Optional<List<TimelinePoint>> timeline) {
    return new Media(
        "mp4",
        OptionalLong.of(100 * S),
        OptionalLong.of(100_000),
        OptionalLong.of(8_000),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        timeline);
  }

  private static List<TimelinePoint> timeline(Random random) {
    List<TimelinePoint> points = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      points.add(new TimelinePoint(i * 500L + random.nextInt(400), i * S / 2));
    }
    return points;
  }

  /** Bytes each 10 ms, after a request of 100 ms. */
  private static Download steady(int percentOfBitrate, int seconds) {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(new Arrival(100_000, 1));
    for (int i = 0; i < seconds * 100; i++) {
      arrivals.add(
          new Arrival(10_000, percentOfBitrate / 10 + (i % 10 < percentOfBitrate % 10 ? 1 : 0)));
    }
    return download(arrivals, DownloadEnd.TIME_LIMIT, 100_000 + seconds * S);
  }

  private static Download random(Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      arrivals.add(new Arrival(random.nextInt(900_000), 1 + random.nextInt(3_000)));
    }
    long end = arrivals.stream().mapToLong(Arrival::deltaMicros).sum() + random.nextInt(1_000_000);
    return download(arrivals, DownloadEnd.values()[random.nextInt(4)], end);
  }

  private static Download download(List<Arrival> arrivals, DownloadEnd end, long durationMicros) {
    return new Download(
        "http://cache.example.org/v.mp4",
        "192.0.2.1",
        "http/1.1",
        OptionalLong.of(100_000),
        durationMicros,
        arrivals.stream().mapToLong(Arrival::deltaBytes).sum(),
        end,
        1,
        OptionalLong.empty(),
        1,
        arrivals,
        Optional.empty(),
        Optional.empty());
  }
}
