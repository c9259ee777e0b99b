package org.vidtomo.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vidtomo.coordinator.Coordinator;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.gate.GatePort;
import org.vidtomo.launcher.options.CampaignMixin;
import org.vidtomo.launcher.wiring.BackingServices;
import org.vidtomo.launcher.wiring.Roles;
import org.vidtomo.launcher.wiring.StoreComponent;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** The whole system in this process, but for Cassandra, which is its child. */
public final class Demo implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;

  private final Settings settings;
  private final Path data;
  private final int port;
  private final PrintStream err;
  private final Metrics metrics = new Metrics();
  private final Lifecycle lifecycle = new Lifecycle("demo", java.time.Duration.ofSeconds(25));
  private TestSite site;
  private JsonHttp coordinator;
  private JsonHttp dashboard;

  /**
   * A demo that has not begun.
   *
   * @param port of the dashboard; 0: a free one
   * @param err where a person reads what goes on
   */
  public Demo(Settings settings, Path data, int port, PrintStream err) {
    this.settings = settings;
    this.data = data;
    this.port = port;
    this.err = err;
  }

  /** Starts everything and enrols the agents. */
  public void start() throws Exception {
    err.println("starting broker and Cassandra; data in " + data);
    BackingServices services =
        lifecycle.add(new BackingServices(settings, data, GatePort.FREE, waited -> {}));
    lifecycle.start();
    site = TestSite.start(TestSiteSettings.defaults());
    if (site.portsStandIn()) {
      err.println("only 127.0.0.1 can be bound here: ports stand in for addresses");
    }
    err.println("starting coordinator, aggregator and dashboard");
    Settings inner = services.filledIn().with(roleSettings());
    Roles roles = new Roles(lifecycle, inner, metrics, Clock.systemUTC());
    StoreComponent store = roles.store(services::lackingRoom);
    Path directory = services.directory().keys();
    // With a broker that the settings name, its agents are parts of this very process.
    BrokerAdmin users =
        services.users("127.0.0.1").orElseGet(() -> BrokerAdmin.shared(services.amqpUri()));
    Coordinator first = roles.coordinator(store, directory, Optional.of(users));
    roles.aggregator(store);
    lifecycle.start();
    URI api = URI.create("http://127.0.0.1:" + first.port());
    coordinator = JsonHttp.to(api, Optional.of(Tokens.load(first.adminTokenFile())));
    Settings shown = inner.with(Map.of("coordinator", api.toString()));
    Dashboard web = roles.dashboard(store, DashboardSettings.of(shown));
    lifecycle.start();
    dashboard = JsonHttp.to(URI.create("http://127.0.0.1:" + web.port()), Optional.empty());
    List<DemoAgents.Enrolled> agents =
        new DemoAgents(data.resolve("agents"), coordinator, store.store(), users).enrol(site);
    agents.forEach(agent -> roles.agent(agent.settings(), agent.identity()));
    lifecycle.start();
    awaitAlive(agents.size());
    err.printf("%d agents on %d emulated ISPs%n", agents.size(), site.isps().size());
  }

  /** A campaign is for the ISPs whose agents have said that they are there. */
  private void awaitAlive(int agents) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (alive() < agents && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private int alive() throws Exception {
    int alive = 0;
    for (JsonNode agent : coordinator.get("/api/v1/agents", JsonNode.class).path("agents")) {
      alive += agent.path("alive").asBoolean() ? 1 : 0;
    }
    return alive;
  }

  private Map<String, String> roleSettings() {
    return Map.of(
        "coordinator.listen", "127.0.0.1:0",
        "aggregator.listen", "127.0.0.1:0",
        "dashboard.listen", "127.0.0.1:" + port,
        // Nobody's agents: all are made up, three an ISP.
        "dashboard.hide.agents.below", "0",
        // Agents of this process are either all there or all gone: nothing to wait for.
        "coordinator.freeze.start", "0s",
        "coordinator.presence.timeout", "10s");
  }

  /** The coordinator's API, with the administrator's token. */
  public JsonHttp coordinator() {
    return coordinator;
  }

  /** The dashboard's API. */
  public JsonHttp dashboard() {
    return dashboard;
  }

  /** The sample campaign's options, with what the user asks for. */
  public org.vidtomo.core.task.CampaignOptions options(CampaignMixin asked) {
    return asked.options(DemoCampaign.defaults(site));
  }

  /** The sample campaign's videos. */
  public List<String> urls() {
    return DemoCampaign.urls(site);
  }

  /** Waits until something ends the process; the exit code. */
  public int serve() throws Lifecycle.StartException {
    return lifecycle.run();
  }

  @Override
  public void close() {
    lifecycle.close();
    if (site != null) {
      site.close();
    }
    metrics.close();
  }
}
