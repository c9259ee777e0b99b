package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.Main;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.IspView;

/** Each role as a process of its own, over this broker and a keyspace of the shared Cassandra. */
final class RoleProcesses implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(90);

  private static final int PAGE = 5_000;

  private final Path data = TempDirectories.create("roles");
  private final String keyspace = Cassandra.shared().newKeyspaceName();
  private final List<ChildJvm> processes = new ArrayList<>();
  private final int coordinatorPort = Ports.free();
  private final int dashboardPort = Ports.free();
  private final Map<String, String> environment = new HashMap<>();
  private Optional<BrokerConnection> broker = Optional.empty();

  /**
   * No process yet.
   *
   * @param further settings of all of them, as environment variables
   */
  RoleProcesses(URI broker, URI management, Map<String, String> further) {
    environment.put("VIDTOMO_AMQP_URI", broker.toString());
    environment.put("VIDTOMO_AMQP_ADMIN_URI", management.toString());
    environment.put(
        "VIDTOMO_CASSANDRA_CONTACT_POINTS",
        "127.0.0.1:" + Cassandra.shared().contactPoint().getPort());
    environment.put("VIDTOMO_CASSANDRA_DATACENTER", Cassandra.shared().localDatacenter());
    environment.put("VIDTOMO_CASSANDRA_KEYSPACE", keyspace);
    // Few as they are, tests tell agents apart.
    environment.put("VIDTOMO_DASHBOARD_HIDE_AGENTS_BELOW", "0");
    environment.put("VIDTOMO_LOG_LEVEL", "INFO");
    environment.putAll(further);
  }

  /** Starts the coordinator; to be killed and started again at will. */
  ChildJvm coordinator() {
    return listening("coordinator", coordinatorPort);
  }

  ChildJvm dashboard() {
    return listening("dashboard", dashboardPort);
  }

  ChildJvm aggregator() {
    return listening("aggregator", Ports.free());
  }

  private ChildJvm listening(String role, int port) {
    ChildJvm process =
        start(
            environment,
            role,
            "--data",
            data.resolve(role).toString(),
            "--listen",
            "127.0.0.1:" + port);
    awaitHealthy(process, port);
    return process;
  }

  /** The coordinator's API, as its administrator. */
  JsonHttp coordinatorApi() throws IOException {
    return JsonHttp.to(
        URI.create("http://127.0.0.1:" + coordinatorPort),
        Optional.of(Tokens.load(data.resolve("coordinator/admin.token"))));
  }

  JsonHttp dashboardApi() throws IOException {
    return JsonHttp.to(URI.create("http://127.0.0.1:" + dashboardPort), Optional.empty());
  }

  /**
   * Enrols an agent.
   *
   * @param name of its directory
   */
  void enrol(String name, String provider) throws Exception {
    ObjectNode invite = Wire.mapper().createObjectNode().put("uses", 1);
    String token =
        coordinatorApi().post("/api/v1/invites", invite, JsonNode.class).path("token").asText();
    ChildJvm enroll =
        start(
            Map.of(),
            "agent",
            "enroll",
            "--data",
            directory(name).toString(),
            "--coordinator",
            "http://127.0.0.1:" + coordinatorPort,
            "--invite",
            token,
            "--provider",
            provider,
            "--yes");
    assertThat(enroll.awaitExit(START)).as(enroll.output()).isZero();
  }

  /** Starts an enrolled agent on a line of an emulated ISP. */
  ChildJvm agent(String name, IspView isp, InetAddress line) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("VIDTOMO_AGENT_LISTEN", "127.0.0.1:0");
    own.put("VIDTOMO_AGENT_HEARTBEAT", "1s");
    return start(
        own,
        "agent",
        "--data",
        directory(name).toString(),
        "--bind-address",
        line.getHostAddress(),
        "--system-resolver",
        isp.systemResolver().getAddress().getHostAddress() + ":" + isp.systemResolver().getPort(),
        "--allow-private",
        "--any-site",
        "--provider",
        isp.name());
  }

  /** An agent's directory. */
  Path directory(String name) {
    return data.resolve("agent-" + name);
  }

  /** Submits a campaign; its id. */
  UUID submit(CampaignOptions options, List<String> urls) throws Exception {
    ObjectNode body = Wire.mapper().createObjectNode();
    body.set("options", Wire.mapper().valueToTree(options));
    urls.forEach(body.putArray("urls")::add);
    JsonNode made = coordinatorApi().post("/api/v1/campaigns", body, JsonNode.class);
    return UUID.fromString(made.path("id").asText());
  }

  /** Pauses, resumes or cancels. */
  void steer(UUID campaign, String how) throws Exception {
    coordinatorApi()
        .post(
            "/api/v1/campaigns/" + campaign + "/" + how,
            Wire.mapper().createObjectNode(),
            JsonNode.class);
  }

  JsonNode campaign(UUID id) throws Exception {
    return coordinatorApi().get("/api/v1/campaigns/" + id, JsonNode.class);
  }

  /** Waits until so many agents are alive. */
  void awaitAlive(int agents) {
    await().atMost(START).ignoreExceptions().until(() -> alive() >= agents);
  }

  /** Waits until this agent is alive. */
  void awaitAlive(String name) {
    await()
        .atMost(START)
        .ignoreExceptions()
        .until(
            () -> {
              String id = identity(name).path("agentId").asText();
              return agents().anyMatch(agent -> isAlive(agent) && agent.toString().contains(id));
            });
  }

  private long alive() throws Exception {
    return agents().filter(RoleProcesses::isAlive).count();
  }

  private Stream<JsonNode> agents() throws Exception {
    JsonNode agents = coordinatorApi().get("/api/v1/agents", JsonNode.class).path("agents");
    return StreamSupport.stream(agents.spliterator(), false);
  }

  private static boolean isAlive(JsonNode agent) {
    return agent.path("alive").asBoolean();
  }

  /** What an enrolled agent knows of itself: {@code agentId}, {@code queue} and more. */
  JsonNode identity(String name) throws Exception {
    byte[] file = Files.readAllBytes(directory(name).resolve("agent.json"));
    return Wire.read(file, JsonNode.class);
  }

  /** The messages that wait in an agent's queue; what it measures is none of them. */
  long queued(String name) throws Exception {
    String queue = identity(name).path("queue").asText();
    return topology().messageCount(queue).orElse(0);
  }

  private synchronized Topology topology() {
    if (broker.isEmpty()) {
      URI uri = URI.create(environment.get("VIDTOMO_AMQP_URI"));
      broker = Optional.of(new BrokerConnection(BrokerSettings.of(uri, "roles")));
      broker.get().start();
    }
    return broker.get().topology();
  }

  /** The reports that an agent keeps on disk. */
  long spooled(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory(name).resolve("spool"))) {
      return files.filter(file -> file.toString().endsWith(".report")).count();
    }
  }

  /** The stored measurements of a campaign's first cycle. */
  List<Measurement> measurements(UUID campaign) throws Exception {
    List<Measurement> rows = new ArrayList<>();
    try (Store store = store()) {
      store.measurements().ofCampaign(campaign, 0, rows::add);
    }
    return rows;
  }

  /** The state rows of a campaign's first cycle. */
  List<TaskRow> tasks(UUID campaign) throws Exception {
    List<TaskRow> rows = new ArrayList<>();
    try (Store store = store()) {
      store.tasks().scan(campaign, 0, rows::add);
    }
    return rows;
  }

  /** The videos of a campaign's first cycle that pages led to, in their order. */
  List<FoundVideo> found(UUID campaign) throws Exception {
    List<FoundVideo> found = new ArrayList<>();
    try (Store store = store()) {
      long from = campaign(campaign).path("videos").asLong();
      List<FoundVideo> some = store.crawl().readVideos(campaign, 0, from, PAGE);
      while (!some.isEmpty()) {
        found.addAll(some);
        some = store.crawl().readVideos(campaign, 0, from + found.size(), PAGE);
      }
    }
    return found;
  }

  /** How many reports are stored of each of these tasks. */
  List<Integer> reportsEach(List<TaskRow> tasks) throws Exception {
    try (Store store = store()) {
      return tasks.stream()
          .map(task -> store.reportReader().ofTask(task.key().taskId()).size())
          .toList();
    }
  }

  /** The installation's store; to be closed. */
  Store store() throws InterruptedException {
    return Store.open(
        StoreSettings.of(
                List.of(Cassandra.shared().contactPoint()), Cassandra.shared().localDatacenter())
            .withKeyspace(keyspace));
  }

  private ChildJvm start(Map<String, String> variables, String... arguments) {
    ChildJvm process = ChildJvm.start(Main.class, ChildJvm.quick(), variables, arguments);
    processes.add(process);
    return process;
  }

  private static void awaitHealthy(ChildJvm process, int port) {
    await()
        .atMost(START)
        .ignoreExceptions()
        .failFast("it ended", () -> !process.isAlive())
        .untilAsserted(
            () -> {
              HttpURLConnection connection =
                  (HttpURLConnection)
                      URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
              assertThat(connection.getResponseCode()).as(process::output).isEqualTo(200);
            });
  }

  @Override
  public void close() {
    processes.forEach(ChildJvm::close);
    broker.ifPresent(BrokerConnection::close);
  }
}
