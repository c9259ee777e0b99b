package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
 * The broker is away while agents measure, with the default leases. {@code
 * -Dvidtomo.outage.seconds=300} makes it five minutes.
 */
class BrokerOutageTest {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerOutageTest.class);
  private static final Duration OUTAGE =
      Duration.ofSeconds(Long.getLong("vidtomo.outage.seconds", 15));
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final int VIDEOS = 12;

  private final List<ChildJvm> agents = new ArrayList<>();
  private PrivateRabbitMq rabbit;
  private TestSite site;
  private RoleProcesses roles;

  @BeforeEach
  void start() throws Exception {
    rabbit = RabbitMq.startPrivate();
    site = TestSite.start(TestSiteSettings.defaults().withClientsPerIsp(1));
    roles = new RoleProcesses(rabbit.amqpUri(), rabbit.managementUri(), Map.of());
    roles.coordinator();
    roles.aggregator();
    for (IspView isp : site.isps()) {
      roles.enrol(isp.name(), isp.name());
      agents.add(roles.agent(isp.name(), isp, isp.clientAddresses().get(0)));
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
  void what_agents_hold_is_finished_kept_and_delivered_once_the_broker_is_back() throws Exception {
    UUID campaign =
        roles.submit(
            Hasty.campaign("Outage", Duration.ofSeconds(3), 100_000_000),
            Hasty.urls(site.seeds(), VIDEOS));
    int tasks = VIDEOS * agents.size();
    await()
        .atMost(LONG)
        .until(() -> count(campaign, "done") >= 6 && count(campaign, "running") >= 2);

    rabbit.stop();
    await().atMost(LONG).until(() -> spooled() >= 2);
    int doneBefore = count(campaign, "done");
    await()
        .during(OUTAGE)
        .atMost(OUTAGE.plus(LONG))
        .until(() -> agents.stream().allMatch(ChildJvm::isAlive) && spooled() >= 2);
    long waiting = spooled();
    rabbit.startAgain();

    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
    await().atMost(LONG).until(() -> spooled() == 0);
    LOG.info(
        "outage: seconds={} doneBefore={} reportsWaiting={} done={}",
        OUTAGE.toSeconds(),
        doneBefore,
        waiting,
        count(campaign, "done"));
    assertAllOnce(campaign, tasks);
  }

  private void assertAllOnce(UUID campaign, int tasks) throws Exception {
    assertThat(count(campaign, "done")).isEqualTo(tasks);
    List<TaskRow> rows = roles.tasks(campaign);
    assertThat(rows)
        .hasSize(tasks)
        .allMatch(row -> row.state() == TaskState.DONE && row.attempt() == 1);
    assertThat(roles.measurements(campaign)).extracting(Measurement::taskId).hasSize(tasks);
    assertThat(roles.reportsEach(rows)).as("reports of each task").containsOnly(1);
  }

  private long spooled() throws Exception {
    long reports = 0;
    for (IspView isp : site.isps()) {
      reports += roles.spooled(isp.name());
    }
    return reports;
  }

  private int count(UUID campaign, String state) throws Exception {
    JsonNode counts = roles.campaign(campaign).path("counts");
    return counts.path(state).asInt();
  }
}
