package org.vidtomo.agent.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.extractor.ExternalExtractor.Surroundings;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.Extractor.Extraction;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;

/** Programs of our own in yt-dlp's place, and yt-dlp itself. */
class ExternalExtractorTest {
  private static final URI PAGE = URI.create("https://video.example/watch/1");
  private static final Surroundings PLAIN =
      new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  private static final Names LOOPBACK =
      (host, deadline) -> new Names.Resolved(List.of(InetAddress.getLoopbackAddress()), 1);

  @TempDir Path directory;

  private Path program(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("fake-dlp"), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Extraction extract(String script, Duration limit) throws IOException {
    return extract(script, limit, PLAIN, AddressGuard.ALL);
  }

  private Extraction extract(
      String script, Duration limit, Surroundings surroundings, AddressGuard guard)
      throws IOException {
    ExtractorSettings settings =
        new ExtractorSettings(program(script).toString(), List.of("--own", "first"), limit);
    return ExternalExtractor.installed(
            settings, surroundings, guard, UrlGuard.ALL, ByteBudget.UNLIMITED, LOOPBACK)
        .orElseThrow()
        .extract(PAGE, Deadline.after(System::nanoTime, Duration.ofSeconds(60)));
  }

  private static FailureKind kind(Extraction extraction) {
    return extraction.page().failure().orElseThrow().kind();
  }

  @Test
  void answer_formsThatCanBeMeasuredAndThoseThatCannot() throws IOException {
    Extraction extraction =
        extract(
            """
            cat <<'END'
            {"id": "x1", "extractor_key": "Vimeo", "title": "A film", "duration": 12.5,
             "_version": {"version": "2025.09.26"}, "formats": [
             {"format_id": "sb0", "protocol": "mhtml", "format_note": "storyboard",
              "vcodec": "none", "acodec": "none", "url": "https://c.example/sb.jpg"},
             {"url": "https://c.example/drm.mp4", "protocol": "https", "has_drm": true,
              "ext": "mp4", "height": 2160},
             {"url": "https://c.example/a.m4a", "protocol": "https", "vcodec": "none",
              "acodec": "mp4a.40.2", "ext": "m4a"},
             {"url": "https://c.example/v.mp4", "protocol": "https", "vcodec": "avc1.64001f",
              "acodec": "none", "ext": "mp4", "height": 1080, "tbr": 2500.5},
             {"url": "https://c.example/720.mp4?sig=1", "protocol": "https", "ext": "mp4",
              "vcodec": "avc1", "acodec": "mp4a", "height": 720, "width": 1280,
              "filesize": 1000000, "language": "fr", "language_preference": 10},
             {"url": "https://c.example/dub.mp4", "protocol": "https", "ext": "mp4",
              "height": 720, "language": "en", "language_preference": -1},
             {"url": "https://c.example/1.m3u8", "manifest_url": "https://c.example/m.m3u8",
              "protocol": "m3u8_native", "ext": "mp4", "height": 360},
             {"url": "rtmp://c.example/live", "protocol": "rtmp", "ext": "flv"}]}
            END
            """,
            Duration.ofSeconds(20));
    assertThat(extraction.name()).isEqualTo("fake-dlp 2025.09.26");
    assertThat(extraction.page().media())
        .extracting(link -> link.protocol() + " " + link.url())
        .containsExactly("https https://c.example/720.mp4?sig=1", "hls https://c.example/m.m3u8");
    MediaLink file = extraction.page().media().get(0);
    assertThat(file.height()).hasValue(720);
    assertThat(file.contentLength()).hasValue(1_000_000);
    assertThat(file.container()).contains("mp4");
    assertThat(extraction.page().others())
        .extracting(c -> c.height().orElse(0))
        .containsExactlyInAnyOrder(0, 1080, 720, 360);
    assertThat(extraction.page().durationMicros()).hasValue(12_500_000);
    assertThat(extraction.page().title()).contains("A film");
    assertThat(extraction.page().id().orElseThrow()).hasToString("vimeo:x1");
  }

  @Test
  void command_carriesNoOptionFromTheUrl_andTheProxyIsToldInPrivate() throws IOException {
    Path arguments = directory.resolve("arguments");
    Surroundings surroundings =
        new Surroundings(
            Optional.of(InetAddress.getByName("127.0.0.9")),
            Optional.of(URI.create("http://proxy.example:3128")),
            Optional.of(Path.of("/ca.pem")),
            List.of());
    extract(
        "printf '%s\\n' \"$@\" > " + arguments + "; env > " + directory.resolve("environment"),
        Duration.ofSeconds(20),
        surroundings,
        AddressGuard.ALL);
    // The last call asks for the version, since the first said nothing.
    assertThat(Files.readAllLines(arguments)).containsExactly("--own", "first", "--version");
    extract(
        "[ \"$3\" = --version ] && echo 1.2 && exit; printf '%s\\n' \"$@\" > " + arguments,
        Duration.ofSeconds(20),
        surroundings,
        AddressGuard.ALL);
    List<String> given = Files.readAllLines(arguments);
    assertThat(given).startsWith("--own", "first").endsWith("--", PAGE.toString());
    assertThat(given)
        .contains("--ignore-config", "--no-playlist")
        .noneMatch(argument -> argument.contains("127.0.0.1"));
    String ours = "http://agent:[0-9a-f]{32}@127\\.0\\.0\\.1:\\d+";
    assertThat(Files.readAllLines(directory.resolve("environment")))
        .anyMatch(line -> line.matches("http_proxy=" + ours))
        .anyMatch(line -> line.matches("https_proxy=" + ours))
        .noneMatch(line -> line.contains("proxy.example"))
        .anyMatch(line -> line.equals("SSL_CERT_FILE=/ca.pem"))
        .noneMatch(line -> line.startsWith("VIDTOMO_") || line.startsWith("JAVA_HOME"));
  }

  @Test
  void programThatHangsWithAChild_isEndedWithIt() throws IOException {
    Path pids = directory.resolve("pids");
    Extraction extraction =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                extract(
                    "sh -c 'sh -c \"echo \\$\\$ >> %s; exec sleep 600\" & sleep 600' &\n"
                            .formatted(pids)
                        + "echo $$ >> "
                        + pids
                        + "; sleep 600",
                    Duration.ofSeconds(2)));
    assertThat(kind(extraction)).isEqualTo(FailureKind.EXTRACTOR_FAILED);
    assertThat(extraction.page().failure().get().detail()).contains("did not end within 2 s");
    List<String> started = Files.readAllLines(pids);
    assertThat(started).hasSize(2);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                started.stream()
                    .noneMatch(
                        pid ->
                            ProcessHandle.of(Long.parseLong(pid))
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
  }

  @Test
  void childThatOutlivesTheProgram_isEnded() throws IOException {
    Path pid = directory.resolve("pid");
    Extraction extraction =
        extract(
            "(setsid sh -c 'echo $$ > %s; exec sleep 600' &)\n".formatted(pid)
                + "while [ ! -s %s ]; do sleep 0.1; done; echo '{\"title\": \"A\"}'".formatted(pid),
            Duration.ofSeconds(20));
    assertThat(extraction.page().title()).contains("A");
    long child = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void programThatPrintsAGigabyte_isStoppedEarly() throws IOException {
    for (String where : List.of("", " >&2")) {
      Extraction extraction =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () -> extract("head -c 1000000000 /dev/zero" + where, Duration.ofSeconds(25)));
      assertThat(kind(extraction)).isEqualTo(FailureKind.EXTRACTOR_FAILED);
      assertThat(extraction.page().failure().get().detail()).contains("printed more than");
    }
  }

  @Test
  void errors_haveTheirKinds() throws IOException {
    Map<String, FailureKind> texts =
        Map.of(
            "[youtube] x: Sign in to confirm you’re not a bot. Use --cookies",
            FailureKind.BOT_CHECK,
            "[youtube] x: Private video. Sign in if you have been granted access",
            FailureKind.LOGIN_REQUIRED,
            "[youtube] x: Sign in to confirm your age",
            FailureKind.LOGIN_REQUIRED,
            "[youtube] x: The uploader has not made this video available in your country",
            FailureKind.GEO_BLOCKED,
            "[youtube] x: Video unavailable. This video has been removed by the uploader",
            FailureKind.VIDEO_UNAVAILABLE,
            "[vimeo] 1: Unable to download JSON metadata: HTTP Error 404: Not Found",
            FailureKind.VIDEO_UNAVAILABLE,
            "Unsupported URL: https://video.example/watch/1?token=s3cret",
            FailureKind.MEDIA_NOT_FOUND,
            "[x] 1: This video is DRM protected",
            FailureKind.UNSUPPORTED_MEDIA,
            "[x] 1: Unable to download webpage: <urlopen error timed out>",
            FailureKind.EXTRACTOR_FAILED,
            "[x] 1: Unable to extract data; please report this issue",
            FailureKind.EXTRACTOR_FAILED);
    for (Map.Entry<String, FailureKind> text : texts.entrySet()) {
      Extraction extraction =
          extract(
              "[ \"$3\" = --version ] && echo 2025.01.01 && exit\n"
                  + "cat >&2 <<'END'\nWARNING: old\nERROR: "
                  + text.getKey()
                  + "\nEND\nexit 1",
              Duration.ofSeconds(20));
      assertThat(kind(extraction)).as(text.getKey()).isEqualTo(text.getValue());
      assertThat(extraction.name()).isEqualTo("fake-dlp 2025.01.01");
      assertThat(extraction.page().failure().get().detail())
          .contains("status 1")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void privateAddress_isNeverGivenToTheProgram() throws IOException {
    Path ran = directory.resolve("ran");
    Extraction extraction =
        extract("touch " + ran, Duration.ofSeconds(20), PLAIN, new AddressPolicy(false));
    assertThat(kind(extraction)).isEqualTo(FailureKind.PRIVATE_ADDRESS);
    assertThat(ran).doesNotExist();
  }

  @Test
  void noProgram_isNone() {
    for (String command : List.of("none", "no-such-program-anywhere", "/no/such/file")) {
      ExtractorSettings settings =
          new ExtractorSettings(command, List.of(), Duration.ofSeconds(10));
      assertThat(
              ExternalExtractor.installed(
                  settings, PLAIN, AddressGuard.ALL, UrlGuard.ALL, ByteBudget.UNLIMITED, LOOPBACK))
          .isEmpty();
    }
  }

  @Test
  void interrupt_endsTheProgram() throws Exception {
    Thread caller = Thread.currentThread();
    Thread waker =
        new Thread(
            () -> {
              await().until(() -> Files.exists(directory.resolve("begun")));
              caller.interrupt();
            },
            "waker");
    waker.start();
    Extraction extraction =
        extract("touch " + directory.resolve("begun") + "; sleep 600", Duration.ofSeconds(60));
    assertThat(Thread.interrupted()).isTrue();
    waker.join();
    assertThat(kind(extraction)).isEqualTo(FailureKind.INTERRUPTED);
  }

  @Test
  void ytDlpItself_findsTheVideoOfAPage() throws IOException {
    byte[] page =
        "<html><head><title>A page</title></head><body><video src='/v.mp4'></video></body></html>"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Type: text/html\n\n", page)) {
      Extraction extraction =
          ExternalExtractor.installed(
                  ExtractorSettings.DEFAULTS,
                  PLAIN,
                  AddressGuard.ALL,
                  UrlGuard.ALL,
                  ByteBudget.UNLIMITED,
                  LOOPBACK)
              .orElseThrow(
                  () -> new AssertionError("yt-dlp is missing: script/bootstrap installs it"))
              .extract(
                  server.url("/watch"), Deadline.after(System::nanoTime, Duration.ofSeconds(60)));
      assertThat(extraction.page().failure()).isEmpty();
      assertThat(extraction.page().media())
          .extracting(MediaLink::url)
          .containsExactly(server.url("/v.mp4"));
      assertThat(extraction.name()).matches("yt-dlp \\d{4}\\.\\d\\d\\.\\d\\d.*");
    }
  }
}
