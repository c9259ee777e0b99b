package org.vidtomo.agent.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.xbill.DNS.ResolverConfig;

/** Asks each resolver about each host. */
public final class Resolvers {
  /** What stands for the machine's own resolver. */
  public static final String SYSTEM = "system";

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:([0-9.]+)|\\[([0-9a-fA-F:.]+)]):([0-9]{1,5})");
  private static final int DNS_PORT = 53;

  private final AddressGuard guard;
  private final Optional<InetAddress> bindAddress;
  private final Optional<InetSocketAddress> system;
  private final boolean allowPorts;
  private final LongSupplier ticker;

  /**
   * Resolvers as the machine's settings have them.
   *
   * @param guard asked about each resolver's address but the system's own
   * @param system stands for {@code system}; otherwise the machine's own
   * @param allowPorts {@code ADDRESS:PORT} is accepted as well
   */
  public Resolvers(
      AddressGuard guard,
      Optional<InetAddress> bindAddress,
      Optional<InetSocketAddress> system,
      boolean allowPorts,
      LongSupplier ticker) {
    this.guard = guard;
    this.bindAddress = bindAddress;
    this.system = system;
    this.allowPorts = allowPorts;
    this.ticker = ticker;
  }

  /** Names by the system's resolver, for one measurement. */
  public SystemNames names(AddressFamily family) {
    return new SystemNames(client(SYSTEM), systemServer(), family);
  }

  /**
   * Each host at each resolver: resolvers side by side, a resolver's hosts one after another. A
   * resolver that does not answer is not asked again, so it costs its time-out once.
   *
   * @param hosts names; literals have nothing to resolve and should be left out
   * @param silent resolvers that are known not to answer; they are not asked
   */
  public List<DnsLookup> compare(
      List<String> hosts,
      List<String> resolvers,
      AddressFamily family,
      Set<String> silent,
      Deadline deadline) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, resolvers.size()),
            task -> {
              Thread thread = new Thread(task, "vidtomo-resolver");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Map<String, Future<List<DnsLookup>>> running = new LinkedHashMap<>();
      for (String resolver : resolvers) {
        running.computeIfAbsent(
            resolver,
            r -> threads.submit(() -> askAll(r, hosts, family, silent.contains(r), deadline)));
      }
      List<DnsLookup> lookups = new ArrayList<>();
      running.forEach(
          (resolver, future) -> lookups.addAll(await(resolver, hosts, future, deadline)));
      return lookups;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * The texts of a name by the system's resolver.
   *
   * @throws IOException when there is none, or it does not answer in time
   */
  public List<String> texts(String name, Deadline deadline)
      throws IOException, InterruptedException {
    InetSocketAddress server =
        systemServer().orElseThrow(() -> new IOException("this machine has no DNS resolver"));
    try {
      return client(SYSTEM).texts(server, name, deadline);
    } catch (TimeoutException e) {
      throw new IOException("the resolver did not answer in time", e);
    }
  }

  /** A name at the system's resolver; empty when there is none. */
  Optional<DnsAnswer> askSystem(String name, AddressFamily family, Deadline deadline) {
    return systemServer().map(server -> client(SYSTEM).ask(server, name, family, deadline));
  }

  private List<DnsLookup> await(
      String resolver, List<String> hosts, Future<List<DnsLookup>> future, Deadline deadline) {
    try {
      return future.get(deadline.remaining().toMillis() + 200, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return failed(resolver, hosts, Failures.of(e.getCause(), "resolve"));
    } catch (TimeoutException e) {
      return failed(resolver, hosts, Failures.deadline("resolve"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(resolver, hosts, Failures.interrupted("resolve"));
    }
  }

  private List<DnsLookup> askAll(
      String resolver,
      List<String> hosts,
      AddressFamily family,
      boolean silent,
      Deadline deadline) {
    Optional<InetSocketAddress> server = server(resolver);
    if (server.isEmpty()) {
      return failed(resolver, hosts, noServer(resolver));
    }
    DnsClient client = client(resolver);
    List<DnsLookup> lookups = new ArrayList<>();
    boolean dead = silent;
    for (String host : hosts) {
      if (dead) {
        lookups.addAll(failed(resolver, List.of(host), notAsked()));
        continue;
      }
      DnsAnswer answer = client.ask(server.get(), host, family, deadline);
      lookups.add(lookup(host, resolver, answer));
      dead = answer.failure().filter(f -> f.kind() == FailureKind.DNS_TIMEOUT).isPresent();
    }
    return lookups;
  }

  static Failure notAsked() {
    return new Failure(
        FailureKind.DNS_TIMEOUT, "resolve", "not asked: it had not answered for the host before");
  }

  private static Failure noServer(String resolver) {
    return SYSTEM.equals(resolver)
        ? new Failure(FailureKind.DNS_NO_ADDRESS, "resolve", "this machine has no DNS resolver")
        : new Failure(FailureKind.PORT_NOT_ALLOWED, "resolve", "not the address of a resolver");
  }

  private static DnsLookup lookup(String host, String resolver, DnsAnswer answer) {
    List<DnsAddress> addresses =
        answer.records().stream()
            .map(r -> new DnsAddress(Endpoint.text(r.address()), r.ttlSeconds()))
            .toList();
    return new DnsLookup(
        host, resolver, addresses, answer.cnames(), answer.micros(), answer.failure());
  }

  private static List<DnsLookup> failed(String resolver, List<String> hosts, Failure failure) {
    return hosts.stream()
        .map(host -> new DnsLookup(host, resolver, List.of(), List.of(), 0, Optional.of(failure)))
        .toList();
  }

  /** The machine's own resolver may be at a private address: most are. */
  private DnsClient client(String resolver) {
    return new DnsClient(SYSTEM.equals(resolver) ? AddressGuard.ALL : guard, bindAddress, ticker);
  }

  private Optional<InetSocketAddress> server(String resolver) {
    if (SYSTEM.equals(resolver)) {
      return systemServer();
    }
    Matcher withPort = WITH_PORT.matcher(resolver);
    if (allowPorts && withPort.matches()) {
      String address = withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
      int port = Integer.parseInt(withPort.group(3));
      return Literals.parse(address)
          .filter(a -> port > 0 && port <= 65_535)
          .map(a -> new InetSocketAddress(a, port));
    }
    return Literals.parse(resolver).map(a -> new InetSocketAddress(a, DNS_PORT));
  }

  private Optional<InetSocketAddress> systemServer() {
    return system.or(() -> ResolverConfig.getCurrentConfig().servers().stream().findFirst());
  }
}
