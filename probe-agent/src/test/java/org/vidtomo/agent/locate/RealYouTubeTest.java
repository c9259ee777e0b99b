package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Step;

/** What YouTube answered in 2021 and 2026, read purely and through the whole agent. */
class RealYouTubeTest {
  private static final String FOLDER = "1-youtube";
  private static final int TESTS = 20;
  private static final int MAX_STEPS = 8;

  @TempDir static Path directory;

  private static Replay.Field field;

  @BeforeAll
  static void start() throws Exception {
    field = new Replay.Field(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    field.close();
  }

  private static Optional<Path> data() {
    return RealData.folder(FOLDER, TESTS);
  }

  private static JsonNode json(Path file) throws IOException {
    return Wire.mapper().readTree(Files.readAllBytes(file));
  }

  /** What was recorded of a video, of all answers that the site may ask for. */
  private record Case(Path folder, String name, JsonNode expected, Replay replay) {
    String id() {
      return expected.path("videoId").asText();
    }

    String url() {
      return "https://www.youtube.com/watch?v=" + id();
    }
  }

  /** The recordings of one answer to a player, with what goes with them. */
  private static List<Case> players(Path root, String file) throws IOException {
    JsonNode expected = json(root.resolve("expected/newpipe.json"));
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : iterable(expected)) {
      if (entry.getKey().endsWith(file) && entry.getValue().has("playability")) {
        Path recording = root.resolve("newpipe").resolve(entry.getKey());
        String asked = idAsked(recording);
        JsonNode value = entry.getValue();
        if (value.path("videoId").asText("").isEmpty()) {
          ((com.fasterxml.jackson.databind.node.ObjectNode) value).put("videoId", asked);
        }
        Replay replay = new Replay().recorded(recording, asked);
        Path next = recording.resolveSibling("generated_mock_8.json");
        if (Files.exists(next)) {
          replay.recorded(next, asked);
        }
        cases.add(new Case(recording.getParent(), entry.getKey(), value, replay));
      }
    }
    assertThat(cases).as("recordings of " + file).isNotEmpty();
    return cases;
  }

  private static Iterable<Map.Entry<String, JsonNode>> iterable(JsonNode object) {
    return object::fields;
  }

  private static String idAsked(Path recording) throws IOException {
    String url = json(recording).at("/request/url").asText();
    return url.replaceFirst(".*[?&]id=([A-Za-z0-9_-]{11}).*", "$1");
  }

  private static List<Case> watchPages(Path root) throws IOException {
    JsonNode expected = json(root.resolve("expected/pytube.json"));
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : iterable(expected)) {
      if (entry.getValue().has("watchHtmlChars")) {
        Path file = root.resolve("pytube").resolve(entry.getKey());
        String html = unzipped(file).path("watch_html").asText();
        Replay replay = new Replay().when(asked -> asked.path("/watch"), Replay.Given.html(html));
        cases.add(new Case(root, entry.getKey(), entry.getValue(), replay));
      }
    }
    assertThat(cases).hasSizeGreaterThan(1);
    return cases;
  }

  private static JsonNode unzipped(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return Wire.mapper().readTree(in);
    }
  }

  private static Page pure(Case recorded) {
    URI url = URI.create(recorded.url());
    Step step = Sites.known().of(url).begin(url);
    for (int i = 0; i < MAX_STEPS && step instanceof Step.Fetch fetch; i++) {
      step = fetch.then().apply(recorded.replay().answer(fetch.request()));
    }
    return ((Step.Found) step).page();
  }

  private static Report field(Case recorded) {
    return field.locate(recorded.url(), recorded.replay());
  }

  @TestFactory
  Stream<DynamicTest> playerAnswers_asRecordedPurelyAndInTheField() throws IOException {
    Optional<Path> root = data();
    return root.isEmpty()
        ? Stream.empty()
        : Stream.concat(
            tests(players(root.get(), "mock_1.json")), tests(players(root.get(), "mock_3.json")));
  }

  private static Stream<DynamicTest> tests(List<Case> cases) {
    return cases.stream()
        .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> check(recorded)));
  }

  @TestFactory
  Stream<DynamicTest> watchPages_asRecordedPurelyAndInTheField() throws IOException {
    Optional<Path> root = data();
    return root.isEmpty() ? Stream.empty() : tests(watchPages(root.get()));
  }

  private static void check(Case recorded) throws IOException {
    Page page = pure(recorded);
    checkForms(recorded.expected(), candidates(page));
    checkDuration(recorded.expected(), page);
    checkRelated(recorded, page.related().stream().map(URI::toString).toList());
    Report report = field(recorded);
    assertThat(report.video().service()).isEqualTo("youtube");
    assertThat(report.video().id()).contains(recorded.id());
    checkForms(recorded.expected(), report.lookup().orElseThrow().candidates());
    checkRelated(recorded, report.related());
    checkOutcome(recorded.expected(), report);
  }

  private static List<Candidate> candidates(Page page) {
    return Stream.concat(page.media().stream().map(MediaLink::candidate), page.others().stream())
        .toList();
  }

  /** A manifest stands beside the formats. */
  private static void checkForms(JsonNode expected, List<Candidate> candidates) {
    List<String> ours =
        candidates.stream()
            .filter(c -> !c.protocol().equals("hls") && !c.protocol().equals("dash"))
            .map(
                c ->
                    "%s %dx%d %d %d"
                        .formatted(
                            c.container().orElse("?"),
                            c.width().orElse(0),
                            c.height().orElse(0),
                            c.bitrateBps().orElse(0),
                            c.contentLength().orElse(0)))
            .toList();
    List<String> theirs =
        stream(expected.path("formatList"))
            .map(
                f ->
                    "%s %dx%d %d %d"
                        .formatted(
                            f.path("mime").asText().replaceFirst(".*/", ""),
                            f.path("width").asInt(0),
                            f.path("height").asInt(0),
                            f.path("averageBitrate").asLong(f.path("bitrate").asLong()),
                            f.path("contentLength").asLong(0)))
            .toList();
    assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
    long manifests = candidates.size() - ours.size();
    boolean given = expected.path("hls").asBoolean(false) || expected.path("dash").asBoolean(false);
    assertThat(manifests > 0).isEqualTo(given);
  }

  private static void checkDuration(JsonNode expected, Page page) {
    String seconds = expected.path("lengthSeconds").asText("");
    if (seconds.matches("\\d+") && !seconds.equals("0")) {
      assertThat(page.durationMicros().orElseThrow() / 1e6)
          .isCloseTo(Double.parseDouble(seconds), within(1.0));
    }
  }

  private static void checkRelated(Case recorded, List<String> ours) throws IOException {
    JsonNode expected = recorded.expected();
    Optional<JsonNode> ids =
        expected.has("relatedIds") ? Optional.of(expected.path("relatedIds")) : next(recorded);
    boolean playable = ids.isPresent() && (expected.has("relatedIds") || playable(expected));
    List<String> theirs =
        playable
            ? stream(ids.get()).map(id -> "https://www.youtube.com/watch?v=" + id.asText()).toList()
            : List.of();
    assertThat(ours).containsExactlyElementsOf(theirs);
  }

  private static Optional<JsonNode> next(Case recorded) throws IOException {
    Path root = data().orElseThrow();
    String name = recorded.name().replaceFirst("mock_\\d\\.json", "mock_8.json");
    return Optional.of(json(root.resolve("expected/newpipe.json")).path(name).path("lockupIds"))
        .filter(JsonNode::isArray);
  }

  private static boolean playable(JsonNode expected) {
    return expected.path("playability").asText().equals("OK");
  }

  private static void checkOutcome(JsonNode expected, Report report) {
    if (playable(expected) && expected.path("withUrl").asInt() > 0) {
      assertThat(report.outcome()).isEqualTo(Outcome.OK);
      assertThat(report.lookup().orElseThrow().chosen()).hasSize(1);
    } else if (playable(expected)) {
      assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
      String word = expected.path("withCipher").asInt() > 0 ? "enciphered" : "SABR";
      assertThat(report.failure().orElseThrow().detail()).contains(word);
    } else {
      String reason = expected.path("reason").asText();
      assertThat(report.failure().orElseThrow().kind()).as(reason).isEqualTo(kind(reason));
      assertThat(report.failure().orElseThrow().detail()).contains(reason);
    }
  }

  private static FailureKind kind(String reason) {
    if (reason.contains("country")) {
      return FailureKind.GEO_BLOCKED;
    }
    return reason.matches(".*(private|age|members).*")
        ? FailureKind.LOGIN_REQUIRED
        : FailureKind.VIDEO_UNAVAILABLE;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @TestFactory
  Stream<DynamicTest> idsOfNoVideo_areUnavailable() throws IOException {
    Optional<Path> data = data();
    if (data.isEmpty()) {
      return Stream.empty();
    }
    Path root = data.get().resolve("newpipe/stream/youtubestreamextractordefault");
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : List.of("invalidid", "nonexistent")) {
      Path recording = root.resolve("notavailable/" + name + "/generated_mock_1.json");
      String id = idAsked(recording);
      Case recorded =
          new Case(
              root,
              name,
              Wire.mapper().createObjectNode().put("videoId", id),
              new Replay().recorded(recording, id));
      tests.add(
          DynamicTest.dynamicTest(
              name,
              () -> {
                Report report = field(recorded);
                assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(report.failure().orElseThrow().kind())
                    .isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
              }));
    }
    return tests.stream();
  }

  @Test
  void averageBitrate_isLengthOverDuration() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    int compared = 0;
    for (String file : List.of("newpipe.json", "pytube.json")) {
      for (JsonNode video : json(root.get().resolve("expected").resolve(file))) {
        for (JsonNode format : video.path("formatList")) {
          if (format.path("averageBitrate").isNumber() && format.path("contentLength").isNumber()) {
            double exact =
                format.path("contentLength").asLong() * 8000.0 / format.path("durationMs").asLong();
            assertThat(format.path("averageBitrate").asDouble()).isCloseTo(exact, within(1.0));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  @Test
  void lists_asRecorded() throws IOException {
    Optional<Path> data = data();
    if (data.isEmpty()) {
      return;
    }
    Path root = data.get();
    Path newpipe = root.resolve("newpipe");
    JsonNode expected = json(root.resolve("expected/newpipe.json"));
    String search = "search/youtubesearchextractor/videos/";
    List<List<String>> found =
        pages(
            "https://www.youtube.com/results?search_query=test",
            new Replay()
                .recorded(newpipe.resolve(search + "generated_mock_2.json"), "\"query\"")
                .recorded(newpipe.resolve(search + "generated_mock_3.json"), "\"continuation\""));
    assertThat(found.get(1)).isEqualTo(ids(expected, search + "generated_mock_2.json"));
    assertThat(found.get(2)).isEqualTo(ids(expected, search + "generated_mock_3.json"));

    String live = "youtubekioskextractor/live/";
    found =
        pages(
            "https://www.youtube.com/channel/UC4R8DWoMoI7CAwX8_LjQHig/livetab",
            new Replay()
                .recorded(newpipe.resolve(live + "generated_mock_2.json"), "EgdsaXZldGFikgEDCKEK")
                .recorded(newpipe.resolve(live + "generated_mock_3.json"), "\"continuation\""));
    assertThat(found.get(1)).isEqualTo(ids(expected, live + "generated_mock_2.json"));
    assertThat(found.get(2)).isEqualTo(ids(expected, live + "generated_mock_3.json"));

    String playlist = "youtubeplaylistextractor/learningplaylist/generated_mock_3.json";
    found =
        pages(
            "https://www.youtube.com/playlist?list=PL8dPuuaLjXtOAKed_MxxWBNaPno5h3Zs8",
            new Replay().recorded(newpipe.resolve(playlist), "VLPL8dPuuaLjXtO"));
    assertThat(found.get(1)).isEqualTo(ids(expected, playlist));

    found =
        pages(
            "https://charts.youtube.com/charts/TrendingVideos/gb",
            new Replay()
                .recorded(
                    newpipe.resolve("youtubekioskextractor/trendingmusic/generated_mock_0.json"),
                    "TRENDING_VIDEOS"));
    assertThat(found.get(0)).hasSizeGreaterThan(20).startsWith("7sxVHYZ_PnA", "WPR0Yd46y2o");
  }

  @Test
  void playlistPageOf2020_asRecorded() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path file = root.get().resolve("pytube/playlist.html.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      String html = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      List<List<String>> found =
          pages(
              "https://www.youtube.com/playlist?list=PLzMcBGfZo4-mP7qA9cagf68V06sko5otr",
              new Replay().when(asked -> asked.path("/playlist"), Replay.Given.html(html)));
      assertThat(found).hasSize(1);
      assertThat(found.get(0)).hasSize(12).startsWith("ujTCoH21GlA");
    }
  }

  private static List<String> ids(JsonNode expected, String name) {
    return stream(expected.path(name).path("rendererIds")).map(JsonNode::asText).toList();
  }

  /** Three pages at most, each as the ids on it. */
  private static List<List<String>> pages(String url, Replay replay) {
    Optional<Listing> listing = Sites.known().listing(URI.create(url));
    List<List<String>> pages = new ArrayList<>();
    for (int i = 0; i < 3 && listing.isPresent(); i++) {
      ListPage page = listing.get().read().apply(replay.answer(listing.get().first()));
      assertThat(page.problem()).isEmpty();
      pages.add(page.videos().stream().map(v -> v.toString().replaceFirst(".*=", "")).toList());
      listing = page.next();
    }
    return pages;
  }
}
