package org.vidtomo.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedVideoTest {
  @ParameterizedTest
  @CsvSource({
    "https://youtu.be/dQw4w9WgXcQ, youtube",
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ, youtube",
    "https://dai.ly/x96ndxe, dailymotion",
    "https://V.Example.org.:443/watch/1, v.example.org",
    "https://tube.example/w/d2a5ec78-5f85-4090-8ec5-dc1102e022ea, tube.example",
    "http://v.example:8080/a.mp4, v.example",
  })
  void startsArePacedTogether_whereOneServiceHasHostsOfSeveralNames(String url, String host) {
    assertThat(SeedVideo.of(url).orElseThrow().host()).isEqualTo(host);
  }

  @Test
  void spellingsOfOneVideo_areOne() {
    assertThat(SeedVideo.of("https://www.youtube.com./watch?v=dQw4w9WgXcQ&t=5").orElseThrow())
        .extracting(SeedVideo::videoId)
        .isEqualTo(SeedVideo.of("https://youtu.be/dQw4w9WgXcQ").orElseThrow().videoId());
  }
}
