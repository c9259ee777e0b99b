package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.Ports;

/**
 * The coordinator as a process of its own that is killed (SIGKILL) while it plans a large round.
 */
final class KilledCrawlTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SEEDS = 400;
  private static final int LINKS = 20;
  private static final int VIDEOS = 7_000;

  @TempDir private Path directory;

  @Test
  void coordinator_killedWhilePlanningARound_plansTheSameRound() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      List<ScriptedAgent> agents = List.of(system.agent("alpha"), system.agent("alpha"));
      system.stop();
      agents.forEach(agent -> agent.finds(KilledCrawlTest::links).works());
      int port = Ports.free();
      CoordinatorProcess coordinator = CoordinatorProcess.start(system, directory, port);
      JsonHttp http = system.http("submit.token", port);

      String disturbed = submit(http);
      for (Predicate<JsonNode> moment :
          List.<Predicate<JsonNode>>of(
              KilledCrawlTest::roundIsOver, KilledCrawlTest::plans, KilledCrawlTest::plans)) {
        awaitMoment(http, disturbed, moment);
        coordinator.kill();
        coordinator = CoordinatorProcess.start(system, directory, port);
      }
      List<FoundVideo> found = awaitSecondRound(system, http, disturbed);
      assertThat(http.get(disturbed, JsonNode.class).path("crawled").asInt()).isEqualTo(VIDEOS);
      assertEachVideoOnce(system, disturbed);

      String undisturbed = submit(http);
      assertThat(awaitSecondRound(system, http, undisturbed)).isEqualTo(found);
      coordinator.kill();
    }
  }

  /** The seeds are measured, and what they linked to is looked through or being planned. */
  private static boolean roundIsOver(JsonNode campaign) {
    return campaign.path("counts").path("done").asInt() >= SEEDS;
  }

  /** Some of the next round's tasks are stored, or it is over already. */
  private static boolean plans(JsonNode campaign) {
    return campaign.path("round").asInt() == 1;
  }

  private static void awaitMoment(JsonHttp http, String path, Predicate<JsonNode> moment) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(LONG)
        .until(() -> moment.test(counted(http, path)));
  }

  /** Waits until it is planned whole, then ends it: what it measures does not matter. */
  private static List<FoundVideo> awaitSecondRound(TestSystem system, JsonHttp http, String path)
      throws Exception {
    awaitMoment(
        http,
        path,
        campaign ->
            campaign.path("round").asInt() == 1
                && !campaign.path("state").asText().equals("planning"));
    http.post(path + "/cancel", NullNode.instance, JsonNode.class);
    return system.store().crawl().readVideos(id(path), 0, SEEDS, 10_000);
  }

  private static void assertEachVideoOnce(TestSystem system, String path) {
    List<TaskRow> rows = new ArrayList<>();
    system.store().tasks().scan(id(path), 0, rows::add);
    Set<String> videos = new HashSet<>();
    rows.forEach(row -> videos.add(row.videoId()));
    assertThat(rows).hasSize(VIDEOS);
    assertThat(videos).hasSize(VIDEOS);
  }

  private static List<String> links(Assignment page) {
    Random random = new Random(page.url().hashCode());
    return IntStream.range(0, LINKS).mapToObj(i -> url(random.nextInt(100_000))).toList();
  }

  private static String submit(JsonHttp http) throws Exception {
    JsonNode made =
        http.post(
            "/api/v1/campaigns",
            Map.of(
                "options",
                Map.of(
                    "startsPerMinute",
                    10_000_000,
                    "maxCrawledUrls",
                    VIDEOS,
                    "maxRounds",
                    2,
                    "seed",
                    3),
                "urls",
                IntStream.range(0, SEEDS).mapToObj(KilledCrawlTest::url).toList()),
            JsonNode.class);
    return "/api/v1/campaigns/" + made.path("id").asText();
  }

  private static JsonNode counted(JsonHttp http, String path) throws Exception {
    JsonNode campaign = http.get(path, JsonNode.class);
    JsonNode counts = campaign.path("counts");
    long sum =
        List.of("queued", "running", "done", "expired", "cancelled").stream()
            .mapToLong(state -> counts.path(state).asLong())
            .sum();
    assertThat(counts.path("planned").asLong()).isEqualTo(sum);
    return campaign;
  }

  private static UUID id(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String url(int number) {
    return "https://video.example.org/watch/" + number;
  }
}
