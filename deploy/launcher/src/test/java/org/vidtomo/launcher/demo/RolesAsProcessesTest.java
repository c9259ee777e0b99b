package org.vidtomo.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.Main;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * The demo's campaign with each role as a process of its own, over a real RabbitMQ and a real
 * Cassandra, while an agent and the aggregator are killed.
 */
class RolesAsProcessesTest {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration CAMPAIGN = Duration.ofMinutes(5);

  private final Path data = TempDirectories.create("roles");
  private final List<ChildJvm> processes = new ArrayList<>();
  private final int coordinatorPort = Ports.free();
  private final int dashboardPort = Ports.free();
  private final int aggregatorPort = Ports.free();
  private final String keyspace = Cassandra.shared().newKeyspaceName();
  private Map<String, String> environment;
  private TestSite site;
  private JsonHttp coordinator;
  private ChildJvm aggregator;

  @BeforeEach
  void start() throws Exception {
    environment =
        Map.of(
            "VIDTOMO_AMQP_URI",
            RabbitMq.shared().newVirtualHost().toString(),
            "VIDTOMO_CASSANDRA_CONTACT_POINTS",
            "127.0.0.1:" + Cassandra.shared().contactPoint().getPort(),
            "VIDTOMO_CASSANDRA_DATACENTER",
            Cassandra.shared().localDatacenter(),
            "VIDTOMO_CASSANDRA_KEYSPACE",
            keyspace,
            "VIDTOMO_LOG_LEVEL",
            "INFO");
    site = TestSite.start(TestSiteSettings.defaults());
    role("coordinator", "--listen", "127.0.0.1:" + coordinatorPort);
    awaitHealthy(coordinatorPort);
    aggregator();
    role("dashboard", "--listen", "127.0.0.1:" + dashboardPort);
    coordinator =
        JsonHttp.to(
            URI.create("http://127.0.0.1:" + coordinatorPort),
            Optional.of(Tokens.load(data.resolve("coordinator/admin.token"))));
    awaitHealthy(dashboardPort);
  }

  @AfterEach
  void stop() {
    processes.forEach(ChildJvm::close);
    site.close();
  }

  @Test
  void campaign_is_accounted_for_once_though_agent_and_aggregator_are_killed() throws Exception {
    List<ChildJvm> agents = new ArrayList<>();
    for (IspView isp : site.isps()) {
      enrol(isp);
      agents.add(agent(isp));
    }
    await().atMost(START).until(() -> alive() == agents.size());
    String campaign = submit();

    await().atMost(CAMPAIGN).until(() -> count(campaign, "done") >= 2 && running(campaign) >= 1);
    agents.get(0).kill();
    ChildJvm restarted = agent(site.isps().get(0));
    await().atMost(CAMPAIGN).until(() -> count(campaign, "done") >= 8);
    killAggregatorAndStartAnother();

    await().atMost(CAMPAIGN).until(() -> show(campaign).path("state").asText().equals("finished"));
    JsonNode counts = show(campaign).path("counts");
    // What the demo, all in one process over the embedded broker, counts too.
    assertThat(counts.path("planned").asInt()).isEqualTo(36);
    assertThat(counts.path("done").asInt()).as(counts.toString()).isEqualTo(36);
    assertThat(counts.path("outcomes").path("ok").asInt()).as(counts.toString()).isEqualTo(30);
    assertThat(counts.path("outcomes").path("failed").asInt()).isEqualTo(6);
    assertOneRowATask(UUID.fromString(campaign));
    assertComparisonAndHealth(campaign);
    assertThat(endGracefully(restarted)).isBetween(0, 143);
  }

  private void killAggregatorAndStartAnother() throws Exception {
    aggregator.kill();
    aggregator();
  }

  private void aggregator() {
    aggregator = role("aggregator", "--listen", "127.0.0.1:" + aggregatorPort);
    awaitHealthy(aggregatorPort);
  }

  private static int endGracefully(ChildJvm role) {
    role.terminate();
    return role.awaitExit(Duration.ofSeconds(15));
  }

  private void assertOneRowATask(UUID campaign) throws Exception {
    StoreSettings settings =
        StoreSettings.of(
                List.of(Cassandra.shared().contactPoint()), Cassandra.shared().localDatacenter())
            .withKeyspace(keyspace);
    try (Store store = Store.open(settings)) {
      List<Measurement> rows = new ArrayList<>();
      store.measurements().ofCampaign(campaign, 0, rows::add);
      assertThat(rows).hasSize(36);
      assertThat(rows.stream().map(m -> m.provider() + " " + m.videoId()).distinct()).hasSize(36);
      assertThat(rows.stream().map(Measurement::taskId).distinct()).hasSize(36);
    }
  }

  private void assertComparisonAndHealth(String campaign) throws Exception {
    JsonHttp dashboard =
        JsonHttp.to(URI.create("http://127.0.0.1:" + dashboardPort), Optional.empty());
    JsonNode comparison =
        dashboard.get(
            "/api/v1/compare?by=provider&metric=goodput&campaign=" + campaign, JsonNode.class);
    assertThat(comparison.path("groups")).hasSize(3);
    for (JsonNode group : comparison.path("groups")) {
      assertThat(group.path("n").path("videos").asInt()).isEqualTo(12);
    }
  }

  private ChildJvm role(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of(name, "--data", data.resolve(name).toString()));
    all.addAll(List.of(arguments));
    ChildJvm process =
        ChildJvm.start(Main.class, List.of(), environment, all.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  private void enrol(IspView isp) throws Exception {
    ObjectNode invite = Wire.mapper().createObjectNode().put("uses", 1);
    String token =
        coordinator.post("/api/v1/invites", invite, JsonNode.class).path("token").asText();
    try (ChildJvm enroll =
        ChildJvm.start(
            Main.class,
            List.of(),
            Map.of(),
            "agent",
            "enroll",
            "--data",
            directory(isp),
            "--coordinator",
            coordinator.base().toString(),
            "--invite",
            token,
            "--provider",
            isp.name())) {
      assertThat(enroll.awaitExit(START)).as(enroll.output()).isZero();
    }
  }

  private ChildJvm agent(IspView isp) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("VIDTOMO_AGENT_LISTEN", "127.0.0.1:0");
    own.put("VIDTOMO_AGENT_HEARTBEAT", "1s");
    ChildJvm process =
        ChildJvm.start(
            Main.class,
            List.of(),
            own,
            "agent",
            "--data",
            directory(isp),
            "--bind-address",
            isp.clientAddresses().get(0).getHostAddress(),
            "--system-resolver",
            isp.systemResolver().getAddress().getHostAddress()
                + ":"
                + isp.systemResolver().getPort(),
            "--allow-private",
            "--any-site",
            "--provider",
            isp.name());
    processes.add(process);
    return process;
  }

  private String directory(IspView isp) {
    return data.resolve("agent-" + isp.name()).toString();
  }

  private String submit() throws Exception {
    ObjectNode body = Wire.mapper().createObjectNode();
    body.set("options", Wire.mapper().valueToTree(DemoCampaign.defaults(site)));
    DemoCampaign.urls(site).forEach(body.putArray("urls")::add);
    return coordinator.post("/api/v1/campaigns", body, JsonNode.class).path("id").asText();
  }

  private JsonNode show(String campaign) throws Exception {
    return coordinator.get("/api/v1/campaigns/" + campaign, JsonNode.class);
  }

  private int count(String campaign, String state) throws Exception {
    JsonNode counts = show(campaign).path("counts");
    assertThat(
            counts.path("queued").asInt()
                + counts.path("running").asInt()
                + counts.path("done").asInt()
                + counts.path("expired").asInt()
                + counts.path("cancelled").asInt())
        .isEqualTo(counts.path("planned").asInt());
    return counts.path(state).asInt();
  }

  private int running(String campaign) throws Exception {
    return count(campaign, "running");
  }

  private int alive() throws Exception {
    int alive = 0;
    for (JsonNode agent : coordinator.get("/api/v1/agents", JsonNode.class).path("agents")) {
      alive += agent.path("alive").asBoolean() ? 1 : 0;
    }
    return alive;
  }

  private void awaitHealthy(int port) {
    await()
        .atMost(START)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              java.net.HttpURLConnection connection =
                  (java.net.HttpURLConnection)
                      URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
              assertThat(connection.getResponseCode())
                  .as(() -> processes.get(processes.size() - 1).output())
                  .isEqualTo(200);
            });
  }
}
