package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.MediaLink;

/** What broadcasters, PeerTube and media.ccc.de answered, through the code of the field. */
class RealGenericTest {
  private static final String FOLDER = "4-generic-pages";
  private static final int TESTS = 22;

  @TempDir static Path directory;

  private static Replay.Field field;

  private static Optional<Path> data() {
    return RealData.folder(FOLDER, TESTS);
  }

  @BeforeAll
  static void serve() throws Exception {
    field = new Replay.Field(directory);
  }

  @AfterAll
  static void end() throws Exception {
    field.close();
  }

  private static Located located(String url, Replay replay) {
    return field.look(url, replay);
  }

  private static Replay one(String path, String type, Path file) throws IOException {
    Replay.Given given = new Replay.Given(200, type, Files.readAllBytes(file));
    return new Replay().when(asked -> asked.path(path), given);
  }

  private static Path find(Path root, String name) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.endsWith(name)).findFirst().orElse(root.resolve("absent"));
    }
  }

  private static List<String> urls(Located located) {
    return located.offered().stream().map(link -> link.url().toString()).toList();
  }

  private static FailureKind kind(Located located) {
    return located.lookup().failure().orElseThrow().kind();
  }

  @TestFactory
  Stream<DynamicTest> documents_asExpected() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return Stream.empty();
    }
    JsonNode expected =
        Wire.mapper().readTree(Files.readAllBytes(root.get().resolve("expected/generic.json")));
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e : (Iterable<Map.Entry<String, JsonNode>>) expected::fields) {
      Path file = find(root.get(), e.getKey());
      if (Files.exists(file)) {
        tests.add(DynamicTest.dynamicTest(e.getKey(), () -> check(file, e.getValue())));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void check(Path file, JsonNode expected) throws Exception {
    if (expected.has("hlsMaster")) {
      peerTube(file, expected);
    } else if (file.toString().endsWith(".xml")) {
      forms(file, "text/xml", expected.path("duration"), expected.path("media"));
    } else if (expected.has("videos")) {
      forms(file, "application/json", expected.path("real_duration"), expected.path("videos"));
    } else {
      page(file, expected.path("media"));
    }
  }

  /** All forms, and one chosen that can be measured. */
  private static void forms(Path file, String type, JsonNode seconds, JsonNode media)
      throws Exception {
    Located located = located("https://service.canal-plus.com/d", one("/d", type, file));
    List<String> expected = new ArrayList<>();
    media.forEach(pair -> expected.add(pair.path(1).asText()));
    assertThat(urls(located)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(located.durationMicros()).hasValue(seconds.asLong() * 1_000_000);
    assertThat(located.video().title()).isPresent();
    MediaLink chosen = located.chosen().orElseThrow();
    assertThat(chosen.url().toString()).matches(".*(1500k\\.mp4|master\\.m3u8.*)");
  }

  /** What is chosen is expected, and what only tries the loudspeakers is not chosen. */
  private static void page(Path file, JsonNode media) throws Exception {
    Located located = located("https://www.jeuxvideo.com/p.htm", one("/p.htm", "text/html", file));
    if (media.isEmpty()) {
      assertThat(kind(located)).isEqualTo(FailureKind.MEDIA_NOT_FOUND);
      return;
    }
    List<String> expected = new ArrayList<>();
    media.forEach(url -> expected.add(url.asText()));
    assertThat(expected).contains(located.chosen().orElseThrow().url().toString());
    assertThat(located.chosen().get().url().toString()).doesNotContain("sample");
    assertThat(located.lookup().candidates()).hasSize(expected.size());
    assertThat(located.durationMicros()).isPresent();
    assertThat(located.video().title()).isPresent();
  }

  private static void peerTube(Path file, JsonNode expected) throws Exception {
    JsonNode recorded = Wire.mapper().readTree(Files.readAllBytes(file));
    URI api = URI.create(recorded.at("/request/url").asText());
    String id = api.getPath().substring(api.getPath().lastIndexOf('/') + 1);
    Replay replay = new Replay();
    try (Stream<Path> beside = Files.list(file.resolveSibling("."))) {
      for (Path each : beside.toList()) {
        replay.recorded(each, "");
      }
    }
    Located located = located("https://" + api.getHost() + "/videos/watch/" + id, replay);
    assertThat(located.video().service()).isEqualTo("peertube");
    assertThat(located.video().id()).contains(api.getHost() + "/" + id);
    assertThat(located.durationMicros()).hasValue(expected.path("duration").asLong() * 1_000_000);
    assertThat(pairs(located, "https")).isEqualTo(pairs(expected.path("files")));
    assertThat(pairs(located, "hls")).isEqualTo(pairs(expected.path("hlsFiles")));
    assertThat(urls(located)).contains(expected.path("hlsMaster").path(0).asText());
    boolean files = !expected.path("files").isEmpty();
    assertThat(located.chosen().orElseThrow().protocol()).isEqualTo(files ? "https" : "hls");
    if (files) {
      assertThat(located.chosen().get().height()).hasValue(1080);
    }
  }

  /** Height and size of each form with a size; of sound alone there is no height. */
  private static List<String> pairs(Located located, String protocol) {
    return located.lookup().candidates().stream()
        .filter(c -> c.protocol().equals(protocol) && c.contentLength().isPresent())
        .map((Candidate c) -> c.height().orElse(0) + " " + c.contentLength().getAsLong())
        .toList();
  }

  private static List<String> pairs(JsonNode expected) {
    List<String> pairs = new ArrayList<>();
    expected.forEach(pair -> pairs.add(pair.path(0).asInt() + " " + pair.path(1).asLong()));
    return pairs;
  }

  @Test
  void peerTubeWithTags_itsRelatedVideos() throws Exception {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path search = find(root.get(), "whatispeertube/generated_mock_2.json");
    Path video = find(root.get(), "whatispeertube/generated_mock_4.json");
    JsonNode recorded = Wire.mapper().readTree(Files.readAllBytes(video));
    String body =
        recorded
            .at("/response/responseBody")
            .asText()
            .replaceFirst("\"tags\":\\[[^\\]]*]", "\"tags\":[\"framasoft\",\"peertube\"]");
    String path = URI.create(recorded.at("/request/url").asText()).getPath();
    Located located =
        located(
            "https://framatube.org/w/ee408ec8-07cd-4e35-b884-fb681a4b9d37",
            new Replay()
                .when(asked -> asked.path(path), Replay.Given.json(200, body))
                .recorded(search, "tagsOneOf=framasoft&tagsOneOf=peertube"));
    assertThat(located.related()).hasSize(8).allMatch(url -> url.getPath().contains("/watch/"));
  }

  @Test
  void talkOfMediaCcc_recordingsAndRelated() throws Exception {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path event = find(root.get(), "gpn18tmux/generated_mock_0.json");
    JsonNode recorded =
        Wire.mapper()
            .readTree(
                Wire.mapper()
                    .readTree(Files.readAllBytes(event))
                    .at("/response/responseBody")
                    .asText());
    Located located =
        located(
            recorded.path("frontend_link").asText(),
            new Replay()
                .recorded(event, "")
                .recorded(event.resolveSibling("generated_mock_1.json"), ""));
    assertThat(located.video().id()).contains(recorded.path("slug").asText());
    assertThat(located.video().title()).contains(recorded.path("title").asText());
    assertThat(located.durationMicros()).hasValue(3_097_000_000L);
    assertThat(located.chosen().orElseThrow().height()).hasValue(1080);
    assertThat(located.chosen().get().container()).contains("mp4");
    assertThat(located.related()).hasSize(20);
    assertThat(located.related().get(0).toString()).startsWith("https://media.ccc.de/v/gpn18-");
  }

  @Test
  void signedStreams_standBesideTheFilesOfTheLongestPart() throws Exception {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path file = find(root.get(), "5534a6b4e4b056a82338229d.json");
    Located located = located("https://api.parleys.com/p", one("/p", "application/json", file));
    assertThat(located.chosen().orElseThrow().url().getPath())
        .endsWith("X3yV1bXkPep_238750_2679062.mp4");
    assertThat(located.lookup().candidates())
        .extracting(Candidate::protocol)
        .contains("https", "rtmp", "rtmpt");
  }

  @Test
  void pagesThatNameNoMedia_sayThat() throws Exception {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    for (String name :
        List.of(
            "page_with_tabs_front_tools.html",
            "lepetitjournal_without_loadVideoHistory.html",
            "6653774-spartacus-et-la-revolte-des-gladiateurs.html")) {
      Located located =
          located(
              "https://www.canalplus.fr/x.html",
              one("/x.html", "text/html", find(root.get(), name)));
      assertThat(kind(located)).as(name).isEqualTo(FailureKind.MEDIA_NOT_FOUND);
    }
  }
}
