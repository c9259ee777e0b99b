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
import org.vidtomo.core.network.Literals;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.gate.GatePort;
import org.vidtomo.launcher.options.Endpoints;
import org.vidtomo.launcher.wiring.BackingServices;
import org.vidtomo.launcher.wiring.Brokers;
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
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Settings settings;
  private final Path data;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock = Clock.systemUTC();
  private final Lifecycle lifecycle = new Lifecycle("up");
  private volatile Duration told = Duration.ZERO;

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
    Roles.check(settings, data);
    listen.requireFree(settings.uri("amqp.uri").isEmpty());
    try (Metrics metrics = new Metrics()) {
      return lifecycle.run(() -> start(listen, file, metrics));
    }
  }

  private void start(UpSettings listen, Path file, Metrics metrics) throws Exception {
    err.println("starting broker and Cassandra; data in " + data);
    Optional<UpTls> tls = UpTls.of(listen, data, clock);
    tls.ifPresent(lifecycle::add);
    BackingServices services =
        lifecycle.add(
            new BackingServices(
                settings,
                data,
                new GatePort(listen.broker(), tls.map(UpTls::files)),
                this::waiting));
    lifecycle.start();
    err.println("starting coordinator, aggregator and dashboard");
    Settings inner = inner(services, listen, tls);
    Roles roles = new Roles(lifecycle, inner, metrics, clock);
    StoreComponent store = roles.store(services::lackingRoom);
    Coordinator coordinator =
        roles.coordinator(
            store, services.directory().keys(), services.users(listen.hostFor(listen.broker())));
    roles.aggregator(store);
    lifecycle.start();
    URI api = url(listen, listen.hostForOwn(listen.coordinator()), coordinator.port());
    Settings shown = shown(inner, api, tls);
    Dashboard web = roles.dashboard(store, DashboardSettings.of(shown));
    lifecycle.start();
    URI page = url(listen, listen.hostForOwn(listen.dashboard()), web.port());
    lifecycle.add(
        new EndpointsFile(
            file, Endpoints.ofThisProcess(data, endpoints(shown, coordinator, page))));
    lifecycle.start();
    welcome(
        coordinator,
        url(listen, listen.hostFor(listen.coordinator()), coordinator.port()),
        url(listen, listen.hostFor(listen.dashboard()), web.port()));
  }

  private Settings inner(BackingServices services, UpSettings listen, Optional<UpTls> tls) {
    Map<String, String> told = new TreeMap<>();
    told.put("coordinator.listen", hostAndPort(listen.coordinator()));
    told.put("dashboard.listen", hostAndPort(listen.dashboard()));
    tls.ifPresent(
        t ->
            told.putAll(
                Map.of(
                    "tls.certificate", t.files().certificate().toString(),
                    "tls.key", t.files().key().toString())));
    return Brokers.withSharedUser(services.filledIn().with(told));
  }

  private static Settings shown(Settings inner, URI api, Optional<UpTls> tls) {
    Map<String, String> told = new TreeMap<>(Map.of("coordinator", api.toString()));
    tls.flatMap(UpTls::authority).ifPresent(file -> told.put("tls.ca", file.toString()));
    return inner.with(told);
  }

  private void waiting(Duration elapsed) {
    if (elapsed.minus(told).compareTo(TELL_EVERY) >= 0) {
      told = elapsed;
      err.printf("Cassandra is still starting: %d s%n", elapsed.toSeconds());
    }
  }

  private static Map<String, String> endpoints(Settings shown, Coordinator coordinator, URI page) {
    StoreSettings store = StoreComponent.settings(shown);
    Map<String, String> said = new TreeMap<>();
    said.put("token.file", coordinator.adminTokenFile().toString());
    said.put("dashboard", page.toString());
    said.put("cassandra.datacenter", store.localDatacenter());
    said.put("cassandra.keyspace", store.keyspace());
    for (String key :
        new String[] {
          "coordinator",
          "tls.ca",
          "amqp.uri",
          "cassandra.contact.points",
          "cassandra.username",
          "cassandra.password"
        }) {
      shown.string(key).ifPresent(value -> said.put(key, value));
    }
    return said;
  }

  private static URI url(UpSettings listen, String host, int port) {
    return URI.create(
        (listen.tls() ? "https://" : "http://") + Literals.bracketed(host) + ":" + port);
  }

  private static String hostAndPort(InetSocketAddress address) {
    return Literals.bracketed(address.getHostString()) + ":" + address.getPort();
  }

  private void welcome(Coordinator coordinator, URI api, URI page) throws InvalidRequestException {
    Invite invite =
        coordinator.enrolment().invites().create(INVITE_USES, INVITE_VALIDITY, Optional.empty());
    out.print(
        new Welcome(api, page, coordinator.adminTokenFile(), invite.token(), INVITE_USES)
            .text(invite.expiresAt()));
    out.flush();
  }
}
