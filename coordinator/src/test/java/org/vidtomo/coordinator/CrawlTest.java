package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.campaign.CampaignView;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.TaskRow;

/** Crawls over related links, each option by itself, over a real RabbitMQ and a real Cassandra. */
final class CrawlTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int PAGES = 400;
  private static final int LINKS = 10;

  @TempDir private static Path directory;
  private static TestSystem system;

  @BeforeAll
  static void openSystem() {
    system = new TestSystem(directory);
  }

  @AfterAll
  static void closeSystem() {
    system.close();
  }

  @BeforeEach
  void startCoordinator() {
    system.start(Times.PATIENT);
  }

  @AfterEach
  void endCoordinator() throws Exception {
    system.cancelAll();
    system.dismissAgents();
    system.stop();
  }

  @Test
  void crawl_endsAtMaxCrawledUrls_visitingEachVideoOnce() throws Exception {
    agents("alpha", "beta");

    UUID id = submit(3, Map.of("maxCrawledUrls", 50));

    CampaignView ended = awaitFinished(id);
    assertThat(ended.crawled()).isEqualTo(50);
    assertThat(ended.counts().done()).isEqualTo(100);
    List<TaskRow> rows = rows(id, 0);
    assertThat(rows).hasSize(100).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(rows.stream().map(row -> row.target() + row.videoId()).distinct()).hasSize(100);
  }

  @Test
  void listLongerThanMaxCrawledUrls_isVisitedUpToThere() throws Exception {
    agents("alpha");

    UUID id = submit(30, Map.of("maxCrawledUrls", 12));

    CampaignView ended = awaitFinished(id);
    assertThat(ended.counts().done()).isEqualTo(12);
    assertThat(visited(id, 0)).containsExactlyInAnyOrderElementsOf(ids(0, 12));
  }

  @Test
  void crawl_takesAtMostMaxPerUrlOfEachVideo_amongTheFirstMaxPerPageOfItsPage() throws Exception {
    agents("alpha");

    UUID id =
        submit(
            2,
            Map.of(
                "maxCrawledUrls", 80, "maxPerUrl", 3, "parameters", Map.of("relatedPerPage", 6)));

    awaitFinished(id);
    Map<String, List<String>> children =
        found(id).stream()
            .collect(
                Collectors.groupingBy(
                    FoundVideo::foundOn,
                    Collectors.mapping(f -> f.video().videoId(), Collectors.toList())));
    assertThat(children.values()).allMatch(some -> some.size() <= 3).anyMatch(s -> s.size() == 3);
    children.forEach(
        (page, some) -> assertThat(idsOf(links(page).subList(0, 6))).containsAll(some));
    assertThat(children)
        .anySatisfy(
            (page, some) ->
                assertThat(idsOf(links(page).subList(0, 3))).doesNotContainAnyElementsOf(some));
  }

  @Test
  void crawl_hasAtMostMaxRounds() throws Exception {
    agents("alpha");

    UUID id = submit(2, Map.of("maxRounds", 3, "maxPerUrl", 2));

    CampaignView ended = awaitFinished(id);
    assertThat(ended.round()).isEqualTo(2);
    assertThat(rows(id, 0)).extracting(TaskRow::round).contains(0, 1, 2).doesNotContain(3);
    assertThat(ended.crawled()).isBetween(5L, 2L + 4 + 8);
  }

  @Test
  void noRelated_measuresTheSeedsAlone() throws Exception {
    agents("alpha");

    UUID id = submit(4, Map.of("related", false));

    assertThat(awaitFinished(id).counts().done()).isEqualTo(4);
    assertThat(found(id)).isEmpty();
  }

  @Test
  void sameSeed_visitsTheSame_whateverTheOrderOfOutcomes() throws Exception {
    agents("alpha");
    Map<String, Object> options = Map.of("maxCrawledUrls", 120, "maxPerUrl", 4, "seed", 42);
    UUID first = submit(3, options);
    awaitFinished(first);
    system.dismissAgents();
    // Together they report in another order than one alone.
    agents("alpha", "alpha", "alpha");
    UUID second = submit(3, options);
    awaitFinished(second);
    UUID other = submit(3, Map.of("maxCrawledUrls", 120, "maxPerUrl", 4, "seed", 43));
    awaitFinished(other);

    assertThat(found(second)).isEqualTo(found(first));
    assertThat(found(other)).isNotEqualTo(found(first));
  }

  @Test
  void seedThatNobodyNamed_isStoredAndShown() throws Exception {
    agents("alpha");

    UUID id = submit(1, Map.of("maxCrawledUrls", 30, "maxPerUrl", 4));

    awaitFinished(id);
    JsonNode shown =
        system.http("read.token").get("/api/v1/campaigns/" + id, JsonNode.class).path("options");
    assertThat(shown.path("seed").isIntegralNumber()).isTrue();
    UUID again =
        submit(
            1, Map.of("maxCrawledUrls", 30, "maxPerUrl", 4, "seed", shown.path("seed").asLong()));
    awaitFinished(again);
    assertThat(found(again)).isEqualTo(found(id));
  }

  @Test
  void pagesOfSeveralProviders_areOneChoice() throws Exception {
    List<String> ofAlpha = urls(10, 4);
    List<String> ofBeta = urls(13, 4);
    system.agent("alpha").finds(page -> isPage(page, 0) ? ofAlpha : List.of()).works();
    system.agent("beta").finds(page -> isPage(page, 0) ? ofBeta : List.of()).works();
    awaitAlive(2);

    UUID id = submit(1, Map.of());

    awaitFinished(id);
    assertThat(found(id)).extracting(f -> f.video().url()).containsExactlyElementsOf(urls(10, 7));
  }

  @Test
  void loopingCrawl_beginsAgainWithItsSeeds() throws Exception {
    agents("alpha");

    UUID id = submit(2, Map.of("maxCrawledUrls", 9, "maxPerUrl", 3, "loop", true));

    await().atMost(LONG).until(() -> view(id).cycle() >= 2);
    system.coordinator().campaigns().cancel(id);
    for (int cycle = 0; cycle < 2; cycle++) {
      assertThat(rows(id, cycle)).hasSize(9).allMatch(row -> row.state() == TaskState.DONE);
      assertThat(visited(id, cycle)).containsAll(ids(0, 2));
    }
  }

  @Test
  void coordinatorEndedBetweenRounds_goesOn_andCountsAddUp() throws Exception {
    agents("alpha", "beta");
    UUID id = submit(3, Map.of("maxCrawledUrls", 150, "maxPerUrl", 3, "seed", 1));
    for (int round = 1; round <= 3; round++) {
      int reached = round;
      await().atMost(LONG).until(() -> view(id).round() >= reached);
      long planned = view(id).counts().planned();
      system.stop();
      system.start(Times.PATIENT);
      assertThat(view(id).counts().planned()).isGreaterThanOrEqualTo(planned);
    }

    CampaignView ended = awaitFinished(id);

    assertThat(ended.counts().planned()).isEqualTo(300);
    assertThat(ended.counts().done()).isEqualTo(300);
    assertThat(rows(id, 0)).hasSize(300).allMatch(row -> row.attempt() == 1);
  }

  private static void agents(String... providers) throws Exception {
    for (String provider : providers) {
      system
          .agent(provider)
          .finds(page -> links(SeedVideo.of(page.url()).orElseThrow().videoId()))
          .works();
    }
    awaitAlive(providers.length);
  }

  private static void awaitAlive(int agents) {
    await()
        .atMost(LONG)
        .until(() -> system.coordinator().fleet().providerByAgent().size() >= agents);
  }

  private static boolean isPage(Assignment assignment, int number) {
    return assignment.url().equals(url(number));
  }

  /** What a page links to: always the same, of all pages. */
  private static List<String> links(String videoId) {
    Random random = new Random(videoId.hashCode());
    return IntStream.range(0, LINKS).mapToObj(i -> url(random.nextInt(PAGES))).toList();
  }

  private static UUID submit(int seeds, Map<String, Object> options) throws Exception {
    Map<String, Object> all = new HashMap<>(options);
    all.put("startsPerMinute", 1_000_000);
    JsonNode made =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of("options", all, "urls", urls(0, seeds)),
                JsonNode.class);
    return UUID.fromString(made.path("id").asText());
  }

  private static CampaignView awaitFinished(UUID id) throws Exception {
    await().atMost(LONG).until(() -> view(id).state().equals("finished"));
    return view(id);
  }

  private static CampaignView view(UUID id) throws Exception {
    return system.coordinator().campaigns().get(id);
  }

  private static List<TaskRow> rows(UUID id, int cycle) {
    List<TaskRow> rows = new ArrayList<>();
    system.store().tasks().scan(id, cycle, rows::add);
    return rows;
  }

  private static Set<String> visited(UUID id, int cycle) {
    return rows(id, cycle).stream().map(TaskRow::videoId).collect(Collectors.toSet());
  }

  private static List<FoundVideo> found(UUID id) {
    return system.store().crawl().readVideos(id, 0, 0, 10_000);
  }

  private static List<String> urls(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(CrawlTest::url).toList();
  }

  private static List<String> ids(int from, int count) {
    return idsOf(urls(from, count));
  }

  private static List<String> idsOf(List<String> urls) {
    return urls.stream().map(url -> SeedVideo.of(url).orElseThrow().videoId()).toList();
  }

  private static String url(int number) {
    return "https://video.example.org/watch/" + number;
  }
}
