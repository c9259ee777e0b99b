package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
  private static final List<MediaLink> LINKS =
      List.of(
          link("u.mp4", 0),
          link("360.webm", 360),
          link("360.mp4", 360),
          link("2160.mp4", 2160),
          link("720.mp4", 720));

  private static MediaLink link(String name, int height) {
    return MediaLink.of(
        URI.create("http://h.example/" + name),
        Optional.empty(),
        OptionalInt.empty(),
        height == 0 ? OptionalInt.empty() : OptionalInt.of(height));
  }

  @ParameterizedTest
  @CsvSource({
    "best<=1080p, 720.mp4",
    "best, 2160.mp4",
    "worst, 360.mp4",
    "best<=240p, u.mp4",
    "700p, 720.mp4",
    "worst<=480p, 360.mp4",
  })
  void quality_choosesAsItSays(String quality, String expected) {
    assertThat(Quality.parse(quality).choose(LINKS).orElseThrow().url().getPath())
        .isEqualTo("/" + expected);
  }

  @Test
  void allAboveTheLimit_theLowest() {
    List<MediaLink> high = List.of(link("2160.mp4", 2160), link("720.mp4", 720));
    assertThat(Quality.parse("best<=480p").choose(high).orElseThrow().url().getPath())
        .isEqualTo("/720.mp4");
  }

  @ParameterizedTest
  @CsvSource({"good", "best<=p", "best<1080p", "0p", "best<=1080"})
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> Quality.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
