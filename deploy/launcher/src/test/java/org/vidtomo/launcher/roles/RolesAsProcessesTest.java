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
import org.vidtomo.launcher.demo.DemoCampaign;
import org.vidtomo.storage.Measurement;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * The demo's campaign with each role as a process of its own, over a real RabbitMQ and a real
 * Cassandra, while an agent and the aggregator are killed.
 */
class RolesAsProcessesTest {
  private static final Duration CAMPAIGN = Duration.ofMinutes(5);

  private TestSite site;
  private RoleProcesses roles;
  private ChildJvm aggregator;

  @BeforeEach
  void start() {
    site = TestSite.start(TestSiteSettings.defaults());
    roles =
        new RoleProcesses(
            RabbitMq.shared().newVirtualHost(), RabbitMq.shared().managementUri(), Map.of());
    roles.coordinator();
    aggregator = roles.aggregator();
    roles.dashboard();
  }

  @AfterEach
  void stop() {
    roles.close();
    site.close();
  }

  @Test
  void campaign_is_accounted_for_once_though_agent_and_aggregator_are_killed() throws Exception {
    List<ChildJvm> agents = new ArrayList<>();
    for (IspView isp : site.isps()) {
      roles.enrol(isp.name(), isp.name());
      agents.add(agent(isp));
    }
    roles.awaitAlive(agents.size());
    UUID campaign = roles.submit(DemoCampaign.defaults(site), DemoCampaign.urls(site));

    await()
        .atMost(CAMPAIGN)
        .until(() -> count(campaign, "done") >= 2 && count(campaign, "running") >= 1);
    agents.get(0).kill();
    ChildJvm restarted = agent(site.isps().get(0));
    await().atMost(CAMPAIGN).until(() -> count(campaign, "done") >= 8);
    aggregator.kill();
    roles.aggregator();

    await()
        .atMost(CAMPAIGN)
        .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
    JsonNode counts = roles.campaign(campaign).path("counts");
    // What the demo, all in one process over the embedded broker, counts too.
    assertThat(counts.path("planned").asInt()).isEqualTo(36);
    assertThat(counts.path("done").asInt()).as(counts.toString()).isEqualTo(36);
    assertThat(counts.path("outcomes").path("ok").asInt()).as(counts.toString()).isEqualTo(30);
    assertThat(counts.path("outcomes").path("failed").asInt()).isEqualTo(6);
    assertOneRowATask(campaign);
    assertComparison(campaign);
    restarted.terminate();
    assertThat(restarted.awaitExit(Duration.ofSeconds(15))).isBetween(0, 143);
  }

  private ChildJvm agent(IspView isp) {
    return roles.agent(isp.name(), isp, isp.clientAddresses().get(0));
  }

  private void assertOneRowATask(UUID campaign) throws Exception {
    List<Measurement> rows = roles.measurements(campaign);
    assertThat(rows).hasSize(36);
    assertThat(rows.stream().map(m -> m.provider() + " " + m.videoId()).distinct()).hasSize(36);
    assertThat(rows.stream().map(Measurement::taskId).distinct()).hasSize(36);
  }

  private void assertComparison(UUID campaign) throws Exception {
    JsonNode comparison =
        roles
            .dashboardApi()
            .get(
                "/api/v1/compare?by=provider&metric=goodput&current=true&campaign=" + campaign,
                JsonNode.class);
    assertThat(comparison.path("groups")).hasSize(3);
    for (JsonNode group : comparison.path("groups")) {
      assertThat(group.path("n").path("videos").asInt()).isEqualTo(12);
    }
  }

  private int count(UUID campaign, String state) throws Exception {
    return roles.campaign(campaign).path("counts").path(state).asInt();
  }
}
