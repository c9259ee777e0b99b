package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.core.report.FailureKind;

/** When the agent asks its extractor, and what it makes of the answer. */
class ExtractorUseTest {
  private static final String PAGE =
      "<title>On air</title><script>setup({file: 'rtmp://h.example/live/a'})</script>"
          + "<div class=related><a href='/w/2'>2</a></div>";

  @TempDir Path directory;

  private Located located(String url, String script) throws Exception {
    Path program = Files.writeString(directory.resolve("fake-dlp"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ExtractorSettings extractor =
        new ExtractorSettings(program.toString(), List.of(), Duration.ofSeconds(20));
    Replay replay =
        new Replay()
            .when(
                asked -> asked.path("/w/1"),
                new Replay.Given(200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)))
            .when(
                asked -> asked.path("/w/9"),
                new Replay.Given(
                    200, "text/html", "<video src=v.mp4>".getBytes(StandardCharsets.UTF_8)));
    try (Replay.Field field = new Replay.Field(directory, extractor)) {
      return field.look(url, replay);
    }
  }

  private static Optional<FailureKind> kind(Located located) {
    return located.lookup().failure().map(f -> f.kind());
  }

  @Test
  void pageThatNeedsIt_takesItsMediaAndKeepsWhatThePageSays() throws Exception {
    Located located =
        located(
            "https://www.example.org/w/1",
            """
            echo '{"title": "Other", "duration": 5, "_version": {"version": "2025.01.02"},
              "formats": [{"url": "https://c.example/v.mp4", "protocol": "https",
              "ext": "mp4", "height": 480}]}'
            """);
    assertThat(located.chosen().orElseThrow().url()).hasToString("https://c.example/v.mp4");
    assertThat(located.lookup().extractor()).isEqualTo("fake-dlp 2025.01.02");
    assertThat(located.video().service()).isEqualTo("page");
    assertThat(located.video().title()).contains("On air");
    assertThat(located.related()).hasSize(1);
    assertThat(located.durationMicros()).hasValue(5_000_000);
  }

  @Test
  void itsRefusal_isThePagesFailure() throws Exception {
    Located located =
        located("https://www.example.org/w/1", "echo 'ERROR: Private video' >&2; exit 1");
    assertThat(kind(located)).contains(FailureKind.LOGIN_REQUIRED);
    assertThat(located.lookup().extractor()).startsWith("fake-dlp");
  }

  @Test
  void pageThatSaysEnough_doesNotRunIt() throws Exception {
    Located located = located("https://www.example.org/w/9", "touch " + directory.resolve("ran"));
    assertThat(located.lookup().extractor()).isEqualTo("page");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void streamingUrl_isRecognisedAndNotMeasured() throws Exception {
    Located located =
        located("rtmp://h.example/live/a?token=1", "touch " + directory.resolve("ran"));
    assertThat(kind(located)).contains(FailureKind.NEEDS_EXTRACTOR);
    assertThat(located.video().service()).isEqualTo("rtmp");
    assertThat(directory.resolve("ran")).doesNotExist();
  }
}
