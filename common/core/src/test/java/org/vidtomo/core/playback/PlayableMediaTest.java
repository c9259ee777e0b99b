package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.TimelinePoint;

class PlayableMediaTest {
  @Test
  void media_is_playable_from_the_byte_of_its_point_on() {
    PlayableMedia media =
        PlayableMedia.of(List.of(new TimelinePoint(100, 40_000), new TimelinePoint(200, 80_000)));
    assertThat(media.playableMicros(99)).isZero();
    assertThat(media.playableMicros(100)).isEqualTo(40_000);
    assertThat(media.playableMicros(199)).isEqualTo(40_000);
    assertThat(media.playableMicros(Long.MAX_VALUE)).isEqualTo(80_000);
  }

  @Test
  void mean_bitrate_ends_at_the_whole_media() {
    PlayableMedia media = PlayableMedia.ofMeanBitrate(1_234_567, 12_345_678);
    assertThat(media.playableMicros(1_234_566)).isLessThan(12_345_678);
    assertThat(media.playableMicros(1_234_567)).isEqualTo(12_345_678);
    assertThat(PlayableMedia.ofMeanBitrate(3, 10_000_000).timeline()).hasSize(3);
  }

  @Test
  void timeline_that_falls_is_refused() {
    assertThatThrownBy(
            () -> PlayableMedia.of(List.of(new TimelinePoint(5, 9), new TimelinePoint(5, 10))))
        .hasMessageContaining("must rise");
  }
}
