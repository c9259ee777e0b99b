package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.run.Agents;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** A whole measurement of a YouTube video, from the page to the last byte of a cache. */
class YouTubeMeasurementTest {
  private static final String MEDIA =
      "https://rr4---sn-25ge7nzk.googlevideo.com/videoplayback?itag=18&sig=secret";

  @TempDir Path directory;

  @Test
  void video_isMeasuredAndItsCacheNamed() throws Exception {
    byte[] clip = Clips.load().bytes(Clip.LOW).getBytes();
    String player =
        """
        {"playabilityStatus":{"status":"OK"},"videoDetails":{"videoId":"aaaaaaaaaa1","title":"T"},
         "streamingData":{"formats":[{"itag":18,"url":"%s","mimeType":"video/mp4","height":360}]}}"""
            .formatted(MEDIA);
    String html = "<script>var ytInitialPlayerResponse = " + player + ";</script>";
    Replay replay =
        new Replay()
            .when(asked -> asked.path("/watch"), Replay.Given.html(html))
            .when(asked -> asked.path("/videoplayback"), new Replay.Given(200, "video/mp4", clip));
    try (Replay.Field field = new Replay.Field(directory)) {
      Report report =
          field.measure(
              new MeasurementRequest(
                  "https://youtu.be/aaaaaaaaaa1", Agents.eager(), Optional.empty()),
              replay);
      assertThat(report.failure()).isEmpty();
      assertThat(report.outcome()).isEqualTo(Outcome.OK);
      assertThat(report.download().orElseThrow().bytes()).isEqualTo(clip.length);
      assertThat(report.playback()).isPresent();
      Cache cache = report.caches().get(report.caches().size() - 1);
      assertThat(cache.last()).isTrue();
      assertThat(cache.site()).contains("sn-25ge7nzk");
      assertThat(report.toString()).doesNotContain("secret");
    }
  }
}
