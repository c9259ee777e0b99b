package org.vidtomo.agent.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;

/**
 * Names as this machine's programs see them: literals, {@code localhost}, the hosts file, then the
 * system's resolver. Keeps what it learned, so one of these serves one measurement; not
 * thread-safe.
 */
public final class SystemNames implements Names {
  private final DnsClient client;
  private final Optional<InetSocketAddress> server;
  private final AddressFamily family;
  private final Map<String, List<InetAddress>> kept = new HashMap<>();
  private boolean silent;

  SystemNames(DnsClient client, Optional<InetSocketAddress> server, AddressFamily family) {
    this.client = client;
    this.server = server;
    this.family = family;
  }

  @Override
  public Resolved resolve(String host, Deadline deadline) throws NameException {
    String name = host.toLowerCase(Locale.ROOT);
    List<InetAddress> known = known(name);
    if (known != null) {
      return new Resolved(ofFamily(known, 0), 0);
    }
    if (server.isEmpty()) {
      throw failed(FailureKind.DNS_NO_ADDRESS, "this machine has no DNS resolver", 0);
    }
    if (silent) {
      throw new NameException(Resolvers.notAsked(), 0);
    }
    DnsAnswer answer = client.ask(server.get(), name, family, deadline);
    if (answer.failure().isPresent()) {
      silent = answer.failure().get().kind() == FailureKind.DNS_TIMEOUT;
      throw new NameException(answer.failure().get(), answer.micros());
    }
    List<InetAddress> addresses =
        ofFamily(
            answer.records().stream().map(DnsAnswer.Record::address).toList(), answer.micros());
    kept.put(name, addresses);
    return new Resolved(addresses, answer.micros());
  }

  /** The system's resolver did not answer, and is not asked again. */
  public boolean silent() {
    return silent;
  }

  private List<InetAddress> known(String name) throws NameException {
    Optional<InetAddress> literal = Literals.parse(name);
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    // RFC 6761 §6.3: never asked of a resolver.
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return loopback();
    }
    List<InetAddress> hosts = HostsFile.lookup(name);
    return hosts.isEmpty() ? kept.get(name) : hosts;
  }

  private static List<InetAddress> loopback() {
    return List.of(Literals.parse("127.0.0.1").orElseThrow(), Literals.parse("::1").orElseThrow());
  }

  private List<InetAddress> ofFamily(List<InetAddress> addresses, long micros)
      throws NameException {
    List<InetAddress> fitting = new ArrayList<>(addresses);
    fitting.removeIf(address -> !Family.allows(family, address));
    if (fitting.isEmpty()) {
      throw failed(
          FailureKind.DNS_NO_ADDRESS, "the name has no address of the wanted family", micros);
    }
    // RFC 6724 rule 1: what this machine has no route to comes last. The sort is stable.
    boolean loopback = fitting.get(0).isLoopbackAddress();
    if (family == AddressFamily.AUTO && !loopback) {
      fitting.sort(Comparator.comparingInt(Family::rank));
    }
    return fitting;
  }

  private static NameException failed(FailureKind kind, String detail, long micros) {
    return new NameException(new Failure(kind, "resolve", detail), micros);
  }
}
