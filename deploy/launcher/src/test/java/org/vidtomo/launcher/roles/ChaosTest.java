package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** Six agents in three ISPs, while nearly everything that can be killed is killed. */
class ChaosTest {
  private static final int VIDEOS = 200;
  private static final int AGENTS_PER_ISP = 2;
  private static final Duration CAMPAIGN = Duration.ofMinutes(6);

  private final Random random = new Random(20_261_121);
  private final Map<String, ChildJvm> agents = new HashMap<>();
  private PrivateRabbitMq rabbit;
  private TestSite site;
  private RoleProcesses roles;
  private ChildJvm coordinator;

  @BeforeEach
  void start() throws Exception {
    rabbit = RabbitMq.startPrivate();
    site = TestSite.start(TestSiteSettings.defaults().withClientsPerIsp(AGENTS_PER_ISP));
    roles = new RoleProcesses(rabbit.amqpUri(), Hasty.COORDINATOR);
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
    UUID campaign = roles.submit(Hasty.campaign("Chaos"), Hasty.urls(site, VIDEOS));
    int tasks = VIDEOS * site.isps().size();
    try (CountsWatch watch = new CountsWatch(roles.coordinatorApi(), campaign)) {
      killCoordinatorAfter(campaign, tasks / 10);
      agents.get(site.isps().get(0).name() + "0").kill();
      pauseForGood(site.isps().get(2).name() + "0");
      killCoordinatorAfter(campaign, tasks * 3 / 10);
      rabbit.restart();
      agents.get(site.isps().get(1).name() + "1").kill();
      killCoordinatorAfter(campaign, tasks * 6 / 10);

      await()
          .atMost(CAMPAIGN)
          .ignoreExceptions()
          .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
      await().until(() -> watch.answers() > 0);
      assertThat(watch.faults()).isEmpty();
    }
    JsonNode counts = roles.campaign(campaign).path("counts");
    assertThat(counts.path("planned").asInt()).isEqualTo(tasks);
    assertThat(counts.path("done").asInt()).as(counts.toString()).isEqualTo(tasks);
    for (IspView isp : site.isps()) {
      assertThat(counts.path("providers").path(isp.name()).path("done").asInt()).isEqualTo(VIDEOS);
    }
    assertOneOutcomeEach(campaign, tasks);
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
  }

  private void killCoordinatorAfter(UUID campaign, int done) throws Exception {
    int goal = done + random.nextInt(20);
    await()
        .atMost(CAMPAIGN)
        .ignoreExceptions()
        .until(() -> roles.campaign(campaign).path("counts").path("done").asInt() >= goal);
    coordinator.kill();
    coordinator = roles.coordinator();
  }

  private void pauseForGood(String agent) throws Exception {
    Files.createFile(roles.directory(agent).resolve("paused"));
  }
}
