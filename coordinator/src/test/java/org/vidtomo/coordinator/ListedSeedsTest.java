package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.alert.Alert;
import org.vidtomo.coordinator.alert.AlertKind;
import org.vidtomo.coordinator.campaign.CampaignView;
import org.vidtomo.coordinator.source.ListingServer;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.storage.TaskRow;

/** Seeds that services name: popular videos, playlists. */
final class ListedSeedsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PLAYLIST = "https://www.dailymotion.com/playlist/x7abc";
  private static final String PLAYLIST_PATH = "/playlist/x7abc/videos";

  @TempDir private static Path directory;
  private static TestSystem system;
  private static ListingServer services;

  @BeforeAll
  static void openSystem() throws Exception {
    services = new ListingServer(directory);
    system = new TestSystem(directory).reading(services.settings());
  }

  @AfterAll
  static void closeSystem() throws Exception {
    system.close();
    services.close();
  }

  @BeforeEach
  void startCoordinator() throws Exception {
    system.start(Times.PATIENT);
    system.agent("alpha").works();
    await().atMost(LONG).until(() -> !system.coordinator().fleet().providerByAgent().isEmpty());
  }

  @AfterEach
  void endCoordinator() throws Exception {
    system.cancelAll();
    system.dismissAgents();
    system.stop();
  }

  @Test
  void popularVideos_areTheSeeds_whenNoListIsGiven() throws Exception {
    services.dailymotion("/videos", 0, 30);

    UUID id = submit(List.of(), Map.of("service", "dailymotion", "timeFrame", "month"));

    CampaignView ended = awaitFinished(id);
    assertThat(ended.videos()).isEqualTo(30);
    assertThat(videos(id, 0)).hasSize(30).contains("dailymotion:x000000", "dailymotion:x000029");
  }

  @Test
  void closedOrUnknownService_isRefusedWithAnAlternative() {
    assertThatThrownBy(() -> submit(List.of(), Map.of("service", "youtube")))
        .isInstanceOf(JsonHttpException.class)
        .hasMessageContaining("options.service")
        .hasMessageContaining("channel");
    assertThatThrownBy(() -> submit(List.of(), Map.of("service", "nobody")))
        .hasMessageContaining("nobody");
    assertThatThrownBy(
            () -> submit(List.of("https://v.example.org/1"), Map.of("service", "dailymotion")))
        .hasMessageContaining("in place of a list");
  }

  @Test
  void listing_standsForItsVideos_amongTheOthers_eachOnce() throws Exception {
    services.dailymotion(PLAYLIST_PATH, 100, 5);
    List<String> list =
        List.of(
            "https://v.example.org/1",
            PLAYLIST,
            "https://www.dailymotion.com/video/x000102",
            "https://v.example.org/2");

    UUID id = submit(list, Map.of());

    awaitFinished(id);
    assertThat(
            system.store().crawl().readVideos(id, 0, 0, 100).stream()
                .map(found -> found.video().videoId()))
        .containsExactly(
            "page:https://v.example.org/1",
            "dailymotion:x000100",
            "dailymotion:x000101",
            "dailymotion:x000102",
            "dailymotion:x000103",
            "dailymotion:x000104",
            "page:https://v.example.org/2");
    assertThat(rows(id, 0)).hasSize(7).allMatch(row -> row.state() == TaskState.DONE);
  }

  @Test
  void listing_isCutAtMaxCrawledUrls_andBoundsADryRun() throws Exception {
    services.dailymotion(PLAYLIST_PATH, 100, 50);

    UUID id = submit(List.of(PLAYLIST), Map.of("maxCrawledUrls", 8));
    assertThat(awaitFinished(id).counts().done()).isEqualTo(8);

    JsonNode estimate =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns?dryRun=true",
                request(List.of(PLAYLIST), Map.of("related", false)),
                JsonNode.class);
    assertThat(estimate.path("tasks").asInt()).isEqualTo(50);
  }

  @Test
  void listingThatCannotBeReadAtFirst_isRefusedWithItsLine() {
    services.at(
        "api.dailymotion.com" + PLAYLIST_PATH,
        request -> request.response().setStatusCode(503).end("away"));

    assertThatThrownBy(() -> submit(List.of("https://v.example.org/1", PLAYLIST), Map.of()))
        .hasMessageContaining("line 2")
        .hasMessageContaining("503");
    assertThat(system.coordinator().campaigns().list())
        .noneMatch(c -> c.state().equals("planning"));
  }

  @Test
  void newCycle_readsTheListAnew_andGoesOnWithTheOldOneUnderAnAlertWhenItCannot() throws Exception {
    services.dailymotion(PLAYLIST_PATH, 0, 3);
    UUID id = submit(List.of(PLAYLIST), Map.of("loop", true));
    await().atMost(LONG).until(() -> view(id).cycle() >= 1);

    services.dailymotion(PLAYLIST_PATH, 50, 2);
    await().atMost(LONG).until(() -> view(id).videos() == 2);
    services.at(
        "api.dailymotion.com" + PLAYLIST_PATH,
        request -> request.response().setStatusCode(500).end());
    await().atMost(LONG).until(() -> alerts(id).contains(AlertKind.LISTING_FAILED));
    int failed = view(id).cycle();
    await().atMost(LONG).until(() -> view(id).cycle() > failed + 1);
    assertThat(view(id).videos()).isEqualTo(2);
    assertThat(videos(id, failed)).containsExactly("dailymotion:x000050", "dailymotion:x000051");

    services.dailymotion(PLAYLIST_PATH, 70, 1);
    await().atMost(LONG).until(() -> alerts(id).isEmpty() && view(id).videos() == 1);
  }

  @Test
  void coordinatorThatIsStartedAgain_goesOnWithTheSeedsThatItRead() throws Exception {
    services.dailymotion(PLAYLIST_PATH, 0, 40);
    UUID id = submit(List.of(PLAYLIST), Map.of());
    services.dailymotion(PLAYLIST_PATH, 900, 40);
    system.stop();
    system.start(Times.PATIENT);

    awaitFinished(id);

    assertThat(videos(id, 0)).hasSize(40).contains("dailymotion:x000000", "dailymotion:x000039");
  }

  private static Set<AlertKind> alerts(UUID id) {
    return system.coordinator().alerts().of(id).stream()
        .map(Alert::finding)
        .map(finding -> finding.kind())
        .collect(Collectors.toSet());
  }

  private static UUID submit(List<String> urls, Map<String, Object> options) throws Exception {
    JsonNode made =
        system
            .http("submit.token")
            .post("/api/v1/campaigns", request(urls, options), JsonNode.class);
    return UUID.fromString(made.path("id").asText());
  }

  private static Map<String, Object> request(List<String> urls, Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("startsPerMinute", 1_000_000);
    return Map.of("options", all, "urls", urls);
  }

  private static CampaignView awaitFinished(UUID id) throws Exception {
    await().atMost(LONG).until(() -> view(id).state().equals("finished"));
    return view(id);
  }

  private static CampaignView view(UUID id) throws Exception {
    return system.coordinator().campaigns().get(id);
  }

  private static Set<String> videos(UUID id, int cycle) {
    return rows(id, cycle).stream()
        .map(TaskRow::videoId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<TaskRow> rows(UUID id, int cycle) {
    List<TaskRow> rows = new ArrayList<>();
    system.store().tasks().scan(id, cycle, rows::add);
    return rows;
  }
}
