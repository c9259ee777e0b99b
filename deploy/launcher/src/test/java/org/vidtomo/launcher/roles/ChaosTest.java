package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * Six agents in three ISPs, while nearly everything that can be killed is killed: in another order
 * at other moments each time. The seed is printed; {@code -Dvidtomo.chaos.seed} takes it. {@code
 * -Dvidtomo.chaos.videos=2000} makes it a long one.
 */
class ChaosTest {
  private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);
  private static final int VIDEOS = Integer.getInteger("vidtomo.chaos.videos", 120);
  private static final int AGENTS_PER_ISP = 2;
  private static final long LINE_BPS = 20_000_000;
  private static final Duration CAMPAIGN = Duration.ofSeconds(300 + VIDEOS);

  private final long seed = Long.getLong("vidtomo.chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, ChildJvm> agents = new HashMap<>();
  private PrivateRabbitMq rabbit;
  private TestSite site;
  private RoleProcesses roles;
  private ChildJvm coordinator;

  private record Blow(String name, Doing doing) {}

  private interface Doing {
    void run() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    LOG.info("chaos seed={}", seed);
    rabbit = RabbitMq.startPrivate();
    site =
        TestSite.start(
            TestSiteSettings.defaults()
                .withClientsPerIsp(AGENTS_PER_ISP)
                .withIsps(Hasty.isps("Fast", 3, LINE_BPS)));
    roles = new RoleProcesses(rabbit.amqpUri(), rabbit.managementUri(), Hasty.COORDINATOR);
    coordinator = roles.coordinator();
    roles.aggregator();
    for (IspView isp : site.isps()) {
      for (int number = 0; number < AGENTS_PER_ISP; number++) {
        String name = isp.name() + number;
        roles.enrol(name, isp.name());
        agents.put(name, roles.agent(name, isp, isp.clientAddresses().get(number)));
      }
    }
    roles.awaitAlive(agents.size());
  }

  @AfterEach
  void stop() {
    roles.close();
    site.close();
    rabbit.close();
  }

  @Test
  void each_video_has_one_counted_outcome_per_isp_whatever_dies() throws Exception {
    UUID campaign = roles.submit(Hasty.campaign("Chaos"), Hasty.urls(site.seeds(), VIDEOS));
    int tasks = VIDEOS * site.isps().size();
    try (CountsWatch watch = new CountsWatch(roles.coordinatorApi(), campaign)) {
      List<Blow> blows = blows();
      List<Integer> moments =
          random.ints(blows.size(), tasks / 20, tasks * 4 / 5).sorted().boxed().toList();
      for (int i = 0; i < blows.size(); i++) {
        int done = moments.get(i);
        await()
            .atMost(CAMPAIGN)
            .ignoreExceptions()
            .until(() -> roles.campaign(campaign).path("counts").path("done").asInt() >= done);
        LOG.info("chaos: done={} blow=\"{}\"", done, blows.get(i).name());
        blows.get(i).doing().run();
      }
      await()
          .atMost(CAMPAIGN)
          .ignoreExceptions()
          .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
      LOG.info("chaos: the counts were looked at {} times", watch.answers());
      assertThat(watch.answers()).isPositive();
      assertThat(watch.faults()).as("seed " + seed).isEmpty();
    }
    assertCounts(campaign, tasks);
    assertOneOutcomeEach(campaign, tasks);
  }

  /** In random order; each ISP keeps one agent, whichever. */
  private List<Blow> blows() {
    List<String> victims =
        site.isps().stream().map(isp -> isp.name() + random.nextInt(AGENTS_PER_ISP)).toList();
    List<Blow> blows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      blows.add(new Blow("kill the coordinator", this::killCoordinator));
    }
    blows.add(new Blow("kill " + victims.get(0), () -> agents.get(victims.get(0)).kill()));
    blows.add(new Blow("kill " + victims.get(1), () -> agents.get(victims.get(1)).kill()));
    blows.add(
        new Blow(
            "pause " + victims.get(2),
            () -> Files.createFile(roles.directory(victims.get(2)).resolve("paused"))));
    blows.add(new Blow("restart the broker", rabbit::restart));
    Collections.shuffle(blows, random);
    return blows;
  }

  private void killCoordinator() {
    coordinator.kill();
    coordinator = roles.coordinator();
  }

  private void assertCounts(UUID campaign, int tasks) throws Exception {
    JsonNode counts = roles.campaign(campaign).path("counts");
    assertThat(counts.path("planned").asInt()).isEqualTo(tasks);
    assertThat(counts.path("done").asInt()).as(counts.toString()).isEqualTo(tasks);
    for (IspView isp : site.isps()) {
      assertThat(counts.path("providers").path(isp.name()).path("done").asInt()).isEqualTo(VIDEOS);
    }
  }

  private void assertOneOutcomeEach(UUID campaign, int tasks) throws Exception {
    List<TaskRow> rows = roles.tasks(campaign);
    assertThat(rows).hasSize(tasks).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(rows.stream().map(row -> row.target() + " " + row.videoId()).distinct())
        .hasSize(tasks);
    List<Measurement> stored = roles.measurements(campaign);
    assertThat(stored).hasSize(tasks);
    assertThat(stored.stream().collect(Collectors.toMap(Measurement::taskId, m -> m.reportId())))
        .isEqualTo(
            rows.stream()
                .collect(Collectors.toMap(row -> row.key().taskId(), row -> row.reportId().get())));
    LOG.info(
        "chaos: tasks={} given out again={}",
        tasks,
        rows.stream().filter(row -> row.attempt() > 1).count());
  }
}
