package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Candidate;

class HlsMasterTest {
  @Test
  void variants_withWhatTheySay() {
    List<Candidate> found =
        HlsMaster.candidates(
            """
            #EXTM3U
            #EXT-X-STREAM-INF:BANDWIDTH=1280000,CODECS="mp4a.40.2,avc1.64001f",RESOLUTION=1280x720
            a,b.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=x,RESOLUTION=wide
            b.m3u8
            """);
    assertThat(found).hasSize(2);
    assertThat(found.get(0).bitrateBps()).hasValue(1_280_000);
    assertThat(found.get(0).height()).hasValue(720);
    assertThat(found.get(0).videoCodec()).contains("avc1.64001f");
    assertThat(found.get(0).audioCodec()).contains("mp4a.40.2");
    assertThat(found.get(1).bitrateBps()).isEmpty();
    assertThat(found.get(1).height()).isEmpty();
  }

  @Test
  void otherText_hasNone() {
    assertThat(HlsMaster.candidates("#EXTM3U\n#EXTINF:4,\na.ts\n")).isEmpty();
  }
}
