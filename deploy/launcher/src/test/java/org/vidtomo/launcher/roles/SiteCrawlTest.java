package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.Steps;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.task.TimeFrame;
import org.vidtomo.sites.Sites;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * Real agents crawl linked pages of the test site, twice with the same seed; the first time the
 * coordinator is killed (SIGKILL) three times, once of them while it plans a round. {@code
 * -Dvidtomo.crawl.videos=10000} makes it a long one.
 */
class SiteCrawlTest {
  private static final Logger LOG = LoggerFactory.getLogger(SiteCrawlTest.class);
  private static final int VIDEOS = Integer.getInteger("vidtomo.crawl.videos", 500);
  private static final int PAGES = 3 * VIDEOS;
  private static final int SEEDS = 5;
  private static final int MAX_ROUNDS = 12;
  private static final int PER_PAGE = 20;
  private static final int PER_URL = 6;
  private static final int AGENTS = 4;
  private static final Duration CRAWL = Duration.ofSeconds(60L + VIDEOS / 10);

  private TestSite site;
  private RoleProcesses roles;
  private ChildJvm coordinator;

  @BeforeEach
  void start() throws Exception {
    site =
        TestSite.start(
            TestSiteSettings.defaults()
                .withClientsPerIsp(AGENTS)
                .withIsps(Hasty.isps("Crawl", 1, 1_000_000_000)));
    roles =
        new RoleProcesses(
            RabbitMq.shared().newVirtualHost(),
            RabbitMq.shared().managementUri(),
            Hasty.COORDINATOR);
    coordinator = roles.coordinator();
    roles.aggregator();
    IspView isp = site.isps().get(0);
    for (int line = 0; line < AGENTS; line++) {
      roles.enrol("crawl" + line, isp.name());
      roles.agent("crawl" + line, isp, isp.clientAddresses().get(line));
    }
    roles.awaitAlive(AGENTS);
  }

  @AfterEach
  void stop() {
    roles.close();
    site.close();
  }

  @Test
  void crawl_is_exact_and_the_same_with_the_same_seed_whatever_kills_the_coordinator()
      throws Exception {
    UUID disturbed = roles.submit(options(), seeds());
    try (CountsWatch watch = new CountsWatch(roles.coordinatorApi(), disturbed)) {
      killWhen(disturbed, campaign -> done(campaign) >= VIDEOS / 10);
      killWhen(disturbed, planningAfter(VIDEOS / 4));
      killWhen(disturbed, campaign -> done(campaign) >= VIDEOS / 2);
      awaitFinished(disturbed);
      assertThat(watch.faults()).isEmpty();
      assertThat(watch.answers()).isPositive();
    }
    assertExact(disturbed);

    UUID undisturbed = roles.submit(options(), seeds());
    Instant begun = Instant.now();
    awaitFinished(undisturbed);
    LOG.info(
        "crawl: videos={} rounds={} seconds={}",
        VIDEOS,
        roles.campaign(undisturbed).path("round").asInt() + 1,
        Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    assertExact(undisturbed);

    assertThat(roles.found(disturbed)).isEqualTo(roles.found(undisturbed));
    assertThat(byVideo(roles.tasks(disturbed))).isEqualTo(byVideo(roles.tasks(undisturbed)));
  }

  private void killWhen(UUID campaign, Predicate<JsonNode> moment) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(CRAWL)
        .ignoreExceptions()
        .until(() -> moment.test(roles.campaign(campaign)));
    coordinator.kill();
    coordinator = roles.coordinator();
  }

  /** A round is over and the next one is looked for, or its tasks are being stored. */
  private static Predicate<JsonNode> planningAfter(int videos) {
    return campaign ->
        done(campaign) >= videos
            && (campaign.path("state").asText().equals("planning")
                || done(campaign) == campaign.path("counts").path("planned").asInt());
  }

  private static int done(JsonNode campaign) {
    return campaign.path("counts").path("done").asInt();
  }

  private void awaitFinished(UUID campaign) {
    await()
        .atMost(CRAWL)
        .ignoreExceptions()
        .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
  }

  private void assertExact(UUID campaign) throws Exception {
    JsonNode shown = roles.campaign(campaign);
    assertThat(shown.path("crawled").asInt()).isEqualTo(VIDEOS);
    assertThat(shown.path("counts").path("planned").asInt()).isEqualTo(VIDEOS);
    assertThat(done(shown)).isEqualTo(VIDEOS);
    assertThat(shown.path("counts").path("outcomes").path("ok").asInt()).isEqualTo(VIDEOS);
    List<TaskRow> rows = roles.tasks(campaign);
    assertThat(rows).hasSize(VIDEOS).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(rows.stream().map(TaskRow::videoId).distinct()).hasSize(VIDEOS);
    assertThat(rows).allMatch(row -> row.round() < MAX_ROUNDS);
    assertLinks(roles.found(campaign));
  }

  /** Each video was named by the page that it is said to be found on, and among the first links. */
  private void assertLinks(List<FoundVideo> found) {
    Map<String, List<String>> byPage =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    FoundVideo::foundOn,
                    Collectors.mapping(f -> f.video().videoId(), Collectors.toList())));
    assertThat(found).hasSize(VIDEOS - SEEDS);
    assertThat(byPage.values()).allMatch(some -> some.size() <= PER_URL);
    byPage.forEach((page, some) -> assertThat(considered(page)).containsAll(some));
  }

  /** The first links of a page as agents report them: each once, without the page itself. */
  private List<String> considered(String videoId) {
    int number = Integer.parseInt(videoId.substring(videoId.lastIndexOf('/') + 1));
    return site.linkedFrom(PAGES, number).stream()
        .filter(other -> other != number)
        .distinct()
        .limit(PER_PAGE)
        .map(other -> Sites.known().identify(page(other).toString()).orElseThrow().toString())
        .toList();
  }

  private static Map<String, Integer> byVideo(List<TaskRow> rows) {
    return rows.stream().collect(Collectors.toMap(TaskRow::videoId, TaskRow::round));
  }

  private List<String> seeds() {
    return IntStream.rangeClosed(1, SEEDS).mapToObj(i -> page(i).toString()).toList();
  }

  private URI page(int number) {
    return site.linked(PAGES, number);
  }

  private static CampaignOptions options() {
    MeasurementParameters d = MeasurementParameters.DEFAULTS;
    return new CampaignOptions(
        Optional.of("Crawl"),
        new MeasurementParameters(
            d.downloadTimeMicros(),
            d.downloadBytes(),
            d.pingPackets(),
            d.initialPlaybackMicros(),
            d.minPlayoutBufferMicros(),
            d.restartBufferMicros(),
            d.player(),
            d.quality(),
            List.of("system"),
            AddressFamily.IPV4,
            d.http(),
            Steps.LOCATE,
            PER_PAGE,
            d.anonymous()),
        Coverage.ANY,
        1,
        List.of(),
        true,
        MAX_ROUNDS,
        VIDEOS,
        PER_URL,
        false,
        OptionalLong.empty(),
        Duration.ofHours(1).toNanos() / 1000,
        10_000_000,
        OptionalLong.of(20_261_121),
        Optional.empty(),
        TimeFrame.WEEK);
  }
}
