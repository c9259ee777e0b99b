package org.vidtomo.launcher.up;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vidtomo.coordinator.Coordinator;
import org.vidtomo.coordinator.enrol.Invite;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.launcher.options.Endpoints;
import org.vidtomo.launcher.wiring.BackingServices;
import org.vidtomo.launcher.wiring.Roles;
import org.vidtomo.launcher.wiring.StoreComponent;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.StoreSettings;

/**
 * An installation on one machine: broker, database, coordinator, aggregator and dashboard, in this
 * process but for Cassandra, which is its child. Agents are processes of their own, wherever they
 * are.
 */
public final class Up {
  private static final int INVITE_USES = 100;
  private static final Duration INVITE_VALIDITY = Duration.ofDays(7);

  private final Settings settings;
  private final Path data;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock = Clock.systemUTC();
  private final Lifecycle lifecycle = new Lifecycle("up");

  /**
   * An installation that does not run yet.
   *
   * @param out where its operator reads how to use it
   * @param err where its operator reads what goes on
   */
  public Up(Settings settings, Path data, PrintStream out, PrintStream err) {
    this.settings = requireNonNull(settings, "settings");
    this.data = requireNonNull(data, "data");
    this.out = requireNonNull(out, "out");
    this.err = requireNonNull(err, "err");
  }

  /**
   * Runs it until SIGTERM or SIGINT.
   *
   * @return the process's exit code
   */
  public int run() throws IOException, Lifecycle.StartException {
    Path file = Endpoints.file(settings);
    EndpointsFile.requireNoOther(file);
    UpSettings listen = UpSettings.from(settings);
    listen.requireFree(settings.uri("amqp.uri").isEmpty());
    try (Metrics metrics = new Metrics()) {
      return lifecycle.run(() -> start(listen, file, metrics));
    }
  }

  private void start(UpSettings listen, Path file, Metrics metrics) throws Exception {
    err.println("starting broker and Cassandra; data in " + data);
    BackingServices services =
        lifecycle.add(
            new BackingServices(settings, data, listen.broker().getPort(), this::waiting));
    lifecycle.start();
    err.println("starting coordinator, aggregator and dashboard");
    Settings inner = services.filledIn();
    Roles roles = new Roles(lifecycle, inner, metrics, clock);
    StoreComponent store = roles.store();
    Coordinator coordinator = roles.coordinator(store, services.directory().keys());
    roles.aggregator(store);
    lifecycle.start();
    URI api = url(listen.coordinator(), coordinator.port());
    Settings shown = inner.with(Map.of("coordinator", api.toString()));
    Dashboard web = roles.dashboard(store, DashboardSettings.of(shown));
    lifecycle.start();
    URI page = url(listen.dashboard(), web.port());
    lifecycle.add(
        new EndpointsFile(
            file, Endpoints.ofThisProcess(data, endpoints(inner, coordinator, api, page))));
    lifecycle.start();
    welcome(coordinator, api, page);
  }

  private void waiting(Duration elapsed) {
    err.printf("Cassandra is starting: %d s%n", elapsed.toSeconds());
  }

  private static Map<String, String> endpoints(
      Settings inner, Coordinator coordinator, URI api, URI page) {
    StoreSettings store = StoreComponent.settings(inner);
    Map<String, String> said = new TreeMap<>();
    said.put("coordinator", api.toString());
    said.put("token.file", coordinator.adminTokenFile().toString());
    said.put("dashboard", page.toString());
    said.put("cassandra.datacenter", store.localDatacenter());
    said.put("cassandra.keyspace", store.keyspace());
    for (String key :
        new String[] {
          "amqp.uri", "cassandra.contact.points", "cassandra.username", "cassandra.password"
        }) {
      inner.string(key).ifPresent(value -> said.put(key, value));
    }
    return said;
  }

  private static URI url(InetSocketAddress listen, int port) {
    String host = listen.getHostString();
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  private void welcome(Coordinator coordinator, URI api, URI page) throws InvalidRequestException {
    Invite invite =
        coordinator.enrolment().createInvite(INVITE_USES, INVITE_VALIDITY, Optional.empty());
    out.print(
        new Welcome(api, page, coordinator.adminTokenFile(), invite.token(), INVITE_USES)
            .text(invite.expiresAt()));
    out.flush();
  }
}
