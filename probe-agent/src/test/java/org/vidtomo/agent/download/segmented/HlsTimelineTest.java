package org.vidtomo.agent.download.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.agent.manifest.ListedSegments;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.agent.manifest.hls.HlsReader;
import org.vidtomo.agent.manifest.hls.MediaPlaylistPage;

class HlsTimelineTest {
  private static final URI BASE = URI.create("http://h.example/live.m3u8");
  private static final long S = 1_000_000;

  private final HlsTimeline timeline = new HlsTimeline();
  private final Source.Playlist video = new Source.Playlist(BASE);
  private final Source.Playlist audio = new Source.Playlist(BASE);

  /** Four segments of two seconds. */
  private static MediaPlaylistPage page(long sequence, String date, String target)
      throws ManifestException {
    return HlsReader.media(
        BASE,
        "#EXTM3U\n#EXT-X-TARGETDURATION:"
            + target
            + "\n#EXT-X-MEDIA-SEQUENCE:"
            + sequence
            + "\n"
            + (date.isEmpty() ? "" : "#EXT-X-PROGRAM-DATE-TIME:" + date + "\n")
            + "#EXTINF:2,\ns.ts\n".repeat(4));
  }

  private static long start(ListedSegments segments) {
    return segments.firstMicros();
  }

  @Test
  void newerVersion_goesOnByItsNumbers() throws ManifestException {
    assertThat(start(timeline.take(video, page(100, "", "2"), 0))).isZero();
    assertThat(start(timeline.take(video, page(102, "", "2"), 4 * S))).isEqualTo(4 * S);
    assertThat(start(timeline.take(video, page(110, "", "2"), 9 * S)))
        .as("four numbers are missing")
        .isEqualTo(12 * S + 4 * 2 * S);
  }

  @Test
  void otherRendition_isPutByItsDate() throws ManifestException {
    timeline.take(video, page(100, "2026-01-01T00:00:10Z", "2"), 0);
    assertThat(start(timeline.take(audio, page(7, "2026-01-01T00:00:11Z", "2"), 0))).isEqualTo(S);
  }

  @Test
  void otherRenditionWithoutDate_isPutByNumbersThatFitElseByItsEnd() throws ManifestException {
    timeline.take(video, page(100, "", "2"), 0);
    assertThat(start(timeline.take(audio, page(101, "", "2"), 0))).isEqualTo(2 * S);
    assertThat(start(timeline.take(new Source.Playlist(BASE), page(9_000, "", "2"), 0))).isZero();
  }

  @Test
  void refresh_waitsForTheTargetAndForHalfOfItWithoutNews() throws ManifestException {
    timeline.take(video, page(100, "", "2"), 5 * S);
    assertThat(timeline.refreshAt(video)).isEqualTo(7 * S);
    timeline.take(video, page(100, "", "2"), 7 * S);
    assertThat(timeline.refreshAt(video)).isEqualTo(8 * S);
  }

  @Test
  void refresh_isNeverSoonerThanHalfASecond() throws ManifestException {
    timeline.take(video, page(100, "", "0.000001"), 5 * S);
    assertThat(timeline.refreshAt(video)).isEqualTo(5 * S + S / 2);
  }

  /** Numbers that leap to and fro for ever stay within what can be counted. */
  @ParameterizedTest
  @CsvSource({"0, 9223372036854775807", "9223372036854775807, 0"})
  void numbersThatLeap_stayWithinBounds(long one, long other) throws ManifestException {
    for (int i = 0; i < 1_000; i++) {
      List<MediaSegment> segments =
          timeline.take(video, page(i % 2 == 0 ? one : other, "", "999999999"), i).segments();
      assertThat(segments)
          .allMatch(s -> Math.abs(s.endMicros()) < 1L << 59)
          .isSortedAccordingTo((a, b) -> Long.compare(a.startMicros(), b.startMicros()));
    }
  }
}
