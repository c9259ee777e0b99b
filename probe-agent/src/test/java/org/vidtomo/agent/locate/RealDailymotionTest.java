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
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Sites;

/** What Dailymotion answered from 2015 to 2024, through the whole agent. */
class RealDailymotionTest {
  private static final String FOLDER = "2-dailymotion";
  private static final int TESTS = 12;

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

  private static JsonNode expected(Path root) throws IOException {
    return Wire.mapper().readTree(Files.readAllBytes(root.resolve("expected/dailymotion.json")));
  }

  @TestFactory
  Stream<DynamicTest> pages_asRecorded() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return Stream.empty();
    }
    List<DynamicTest> tests = new ArrayList<>();
    Iterable<Map.Entry<String, JsonNode>> entries = expected(root.get())::fields;
    for (Map.Entry<String, JsonNode> entry : entries) {
      if (entry.getKey().endsWith(".html")) {
        tests.add(
            DynamicTest.dynamicTest(
                entry.getKey(), () -> page(root.get(), entry.getKey(), entry.getValue())));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void page(Path root, String name, JsonNode expected) throws IOException {
    boolean watch = name.contains("dailymotion");
    Path file =
        root.resolve(watch ? "podcast-server-2016" : "podcast-server-beinsports-embeds")
            .resolve(name);
    String id = watch ? expected.path("id").asText() : name.replace(".html", "");
    String path = (watch ? "/video/" : "/embed/video/") + id;
    Report report =
        field.locate(
            "https://www.dailymotion.com" + path,
            new Replay()
                .when(asked -> asked.path(path), Replay.Given.html(Files.readString(file))));
    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.video().service()).isEqualTo("dailymotion");
    assertThat(report.video().id()).contains(expected.path("id").asText());
    if (expected.has("title")) {
      assertThat(report.video().title()).contains(expected.path("title").asText());
    }
    List<Candidate> candidates = report.lookup().orElseThrow().candidates();
    assertThat(candidates).hasSize(expected.path("qualities").size());
    assertThat(candidates).filteredOn(c -> c.protocol().equals("hls")).hasSize(1);
    assertThat(report.lookup().get().chosen().get(0).height()).hasValue(720);
  }

  @Test
  void metadataAndMasterOf2024_asRecorded() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path folder = root.get().resolve("paganmuffin-2024");
    String metadata = Files.readString(folder.resolve("player-metadata-x96ndxe.json"));
    byte[] master = Files.readAllBytes(folder.resolve("master-x96ndxe.m3u8"));
    String related =
        Files.readString(root.get().resolve("podcast-server-api/karimdebbache.10.items.json"));
    Report report =
        field.locate(
            "https://dai.ly/x96ndxe",
            new Replay()
                .when(
                    asked -> asked.path("/player/metadata/video/x96ndxe"),
                    Replay.Given.json(200, metadata))
                .when(
                    asked -> asked.path("/cdn/manifest/video/x96ndxe.m3u8"),
                    new Replay.Given(200, "application/x-mpegURL", master))
                .when(
                    asked -> asked.path("/video/x96ndxe/related"),
                    Replay.Given.json(200, related)));
    JsonNode expected = expected(root.get());
    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.video().title()).contains("Dresiarz3sez01PL");
    assertThat(report.lookup().orElseThrow().chosen().get(0).protocol()).isEqualTo("hls");
    List<String> variants = new ArrayList<>();
    expected
        .at("/master-x96ndxe.m3u8/variants")
        .forEach(
            v -> variants.add(v.path("bandwidth").asText() + " " + v.path("resolution").asText()));
    assertThat(report.lookup().get().candidates())
        .filteredOn(c -> c.bitrateBps().isPresent())
        .extracting(
            c ->
                "%d %dx%d"
                    .formatted(
                        c.bitrateBps().getAsLong(), c.width().getAsInt(), c.height().getAsInt()))
        .containsExactlyElementsOf(variants);
    assertThat(report.related())
        .hasSize(10)
        .startsWith("https://www.dailymotion.com/video/x5ikng3");
  }

  @Test
  void listsOfTheRestInterface_asRecorded() throws IOException {
    Optional<Path> root = data();
    if (root.isEmpty()) {
      return;
    }
    Path folder = root.get().resolve("podcast-server-api");
    Listing user =
        Sites.known()
            .listing(URI.create("https://www.dailymotion.com/karimdebbache"))
            .orElseThrow();
    ListPage ten = read(user, folder.resolve("karimdebbache.ids.10.items.json"));
    assertThat(ten.videos())
        .hasSize(10)
        .startsWith(URI.create("https://www.dailymotion.com/video/x5ikng3"));
    Listing second = ten.next().orElseThrow();
    assertThat(second.first().url().toString()).contains("page=2");
    ListPage none = read(second, folder.resolve("karimdebbache.ids.0.item.json"));
    assertThat(none.videos()).isEmpty();
    assertThat(none.next()).isEmpty();
    assertThat(none.problem()).isEmpty();
  }

  private static ListPage read(Listing listing, Path file) throws IOException {
    Replay replay =
        new Replay().when(asked -> true, Replay.Given.json(200, Files.readString(file)));
    return listing.read().apply(replay.answer(listing.first()));
  }
}
