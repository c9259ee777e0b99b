package org.vidtomo.agent.manifest.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.manifest.ByteSpan;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.Selection;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Quality;

class HlsReaderTest {
  private static final URI BASE = URI.create("http://h.example/video/index.m3u8?token=1");

  private static MediaPlaylistPage media(String... lines) throws ManifestException {
    return HlsReader.media(BASE, "#EXTM3U\n" + String.join("\n", lines) + "\n");
  }

  @Test
  void segments_haveTimesByTheirLengths() throws ManifestException {
    MediaPlaylistPage page =
        media(
            "#EXT-X-TARGETDURATION:6",
            "#EXT-X-MEDIA-SEQUENCE:7",
            "#EXTINF:5.005,",
            "a.ts",
            "#EXTINF:6,title, with comma",
            "/b.ts",
            "#EXTINF:0.5,",
            "https://other.example/c.ts",
            "#EXT-X-ENDLIST");
    assertThat(page.sequence()).isEqualTo(7);
    assertThat(page.ended()).isTrue();
    assertThat(page.durationMicros()).isEqualTo(11_505_000);
    List<MediaSegment> segments = page.from(100).segments();
    assertThat(segments)
        .extracting(MediaSegment::startMicros)
        .containsExactly(100L, 5_005_100L, 11_005_100L);
    assertThat(segments)
        .extracting(s -> s.resource().url().toString())
        .containsExactly(
            "http://h.example/video/a.ts", "http://h.example/b.ts", "https://other.example/c.ts");
  }

  @Test
  void byteRanges_followOneAnother() throws ManifestException {
    MediaPlaylistPage page =
        media(
            "#EXT-X-TARGETDURATION:4",
            "#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"700@0\"",
            "#EXTINF:4,",
            "#EXT-X-BYTERANGE:1000@700",
            "all.mp4",
            "#EXTINF:4,",
            "#EXT-X-BYTERANGE:500",
            "all.mp4");
    assertThat(page.ended()).isFalse();
    assertThat(page.segments())
        .extracting(s -> s.resource().span().orElseThrow().header())
        .containsExactly("bytes=700-1699", "bytes=1700-2199");
    assertThat(page.segments().get(1).init().orElseThrow().span())
        .contains(new ByteSpan(0, OptionalLong.of(699)));
  }

  @Test
  void gapsAndKeysAndUnknownTags_doNotMatter() throws ManifestException {
    MediaPlaylistPage page =
        media(
            "#EXT-X-TARGETDURATION:4.004",
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple\"",
            "#EXT-X-DATERANGE:ID=broken",
            "#EXT-X-CUE-OUT:whatever",
            "#EXTINF:4,",
            "a.ts",
            "#EXT-X-GAP",
            "#EXTINF:4,",
            "gone.ts",
            "#EXTINF:4,",
            "c.ts");
    assertThat(page.segments())
        .extracting(MediaSegment::startMicros)
        .containsExactly(0L, 8_000_000L);
    assertThat(page.targetMicros()).isEqualTo(4_004_000);
  }

  @Test
  void playlistWithoutTargetDuration_isRead() throws ManifestException {
    assertThat(media("#EXTINF:3.9,", "a.ts").targetMicros()).isEqualTo(3_900_000);
  }

  @Test
  void dates_areOfTheFirstEntry() throws ManifestException {
    MediaPlaylistPage page =
        media(
            "#EXT-X-TARGETDURATION:4",
            "#EXTINF:4,",
            "a.ts",
            "#EXT-X-PROGRAM-DATE-TIME:yesterday",
            "#EXT-X-PROGRAM-DATE-TIME:2026-01-01T01:00:10.500+0100",
            "#EXTINF:4,",
            "b.ts");
    assertThat(page.dateMicros()).hasValue(1_767_225_606_500_000L);
  }

  private static final String MASTER =
      """
      #EXTM3U
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch", LANGUAGE="de",DEFAULT=NO,URI="de.m3u8"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English", LANGUAGE="en",DEFAULT=YES,URI="en.m3u8"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="b",NAME="Best",DEFAULT=YES,URI="best.m3u8"
      #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",URI="sub.m3u8"
      #EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2",AUDIO="a"
      720.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,CODECS="avc1.64001f,mp4a.40.2",AUDIO="a"
      360.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.64001f,ec-3",AUDIO="b"
      360b.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=640x360,CODECS="hvc1.1.6.L93,mp4a.40.2",AUDIO="a"
      360h.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"
      radio.m3u8
      #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100000,URI="i.m3u8"
      """;

  @Test
  void master_listsVariantsAndAudioGroups() throws ManifestException {
    Presentation presentation = HlsReader.master(BASE, MASTER);
    Selection selection =
        Selection.of(presentation.periods().get(0), Quality.parse("best<=1080p")).orElseThrow();
    assertThat(selection.representations())
        .extracting(Representation::bandwidthBps)
        .containsExactly(800_000L, 3_000_000L);
    assertThat(selection.audio().map(Representation::id)).contains("a-English");
    assertThat(selection.ladder().top()).isEqualTo(1);
  }

  @Test
  void quality_boundsTheLadder() throws ManifestException {
    Presentation presentation = HlsReader.master(BASE, MASTER);
    for (String quality : List.of("best<=480p", "worst", "360p", "best<=100p")) {
      Selection selection =
          Selection.of(presentation.periods().get(0), Quality.parse(quality)).orElseThrow();
      assertThat(selection.representations())
          .extracting(Representation::bandwidthBps)
          .containsExactly(800_000L);
    }
  }

  @Test
  void groupWithoutUrl_isSoundInsideTheVariant() throws ManifestException {
    Presentation presentation =
        HlsReader.master(
            BASE,
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Main",DEFAULT=YES
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Other",URI="other.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=800000,AUDIO="a"
            v.m3u8
            """);
    Selection selection =
        Selection.of(presentation.periods().get(0), Quality.parse("best")).orElseThrow();
    assertThat(selection.audio()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "#EXTM3U\n#EXTINF:-4,\na.ts\n",
        "#EXTM3U\n#EXTINF:NaN,\na.ts\n",
        "#EXTM3U\n#EXTINF:1e300,\na.ts\n",
        "#EXTM3U\n#EXTINF:99999999,\na.ts\n",
        "#EXTM3U\n#EXTINF:4,\nftp://h.example/a.ts\n",
        "#EXTM3U\n#EXT-X-BYTERANGE:9223372036854775807@9223372036854775807\n#EXTINF:4,\na.ts\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n",
      })
  void damagedMediaPlaylist_isMalformed(String text) {
    assertThatThrownBy(() -> HlsReader.media(BASE, text))
        .isInstanceOfSatisfying(
            ManifestException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED_MANIFEST));
  }

  @Test
  void playlistOfAMillionSegments_isTooLarge() {
    String text = "#EXTM3U\n" + "#EXTINF:4,\na.ts\n".repeat(1_000_000);
    assertThatThrownBy(() -> HlsReader.media(BASE, text))
        .isInstanceOfSatisfying(
            ManifestException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.BODY_TOO_LARGE));
  }

  @Test
  void datesOfOtherCenturies_areNone() throws ManifestException {
    MediaPlaylistPage page =
        media(
            "#EXT-X-PROGRAM-DATE-TIME:+999999999-12-31T23:59:59Z",
            "#EXTINF:4,",
            "a.ts",
            "#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:04Z",
            "#EXTINF:4,",
            "b.ts");
    assertThat(page.dateMicros()).hasValue(1_767_225_600_000_000L);
  }

  @Test
  void targetDuration_isBounded() throws ManifestException {
    assertThat(media("#EXT-X-TARGETDURATION:999999999", "#EXTINF:4,", "a.ts").targetMicros())
        .isEqualTo(3_600_000_000L);
    assertThat(media("#EXT-X-TARGETDURATION:0.000000001", "#EXTINF:4,", "a.ts").targetMicros())
        .isPositive();
  }

  @Test
  void numbersBelowZero_areMalformed() {
    assertThatThrownBy(() -> media("#EXT-X-MEDIA-SEQUENCE:-5", "#EXTINF:4,", "a.ts"))
        .isInstanceOf(ManifestException.class);
  }

  @Test
  void masterOfMegabytes_isTooLarge() {
    String variant =
        "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"" + "a,".repeat(7_000) + "\"\nv.m3u8\n";
    assertThatThrownBy(() -> HlsReader.master(BASE, "#EXTM3U\n" + variant.repeat(400)))
        .isInstanceOfSatisfying(
            ManifestException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.BODY_TOO_LARGE));
  }
}
