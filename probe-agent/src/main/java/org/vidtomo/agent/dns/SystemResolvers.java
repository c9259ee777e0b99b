package org.vidtomo.agent.dns;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.xbill.DNS.ResolverConfig;

/** The resolvers that this machine is told to ask, and whether they answer. */
public final class SystemResolvers {
  private static final String ROOT = ".";

  private SystemResolvers() {}

  /** Those of the system's configuration, in its order. */
  public static List<InetSocketAddress> configured() {
    return ResolverConfig.getCurrentConfig().servers();
  }

  /**
   * Asks one for the root, which every resolver knows and nobody minds; empty if it answers.
   *
   * @return why there is no answer that helps
   */
  public static Optional<Failure> problem(InetSocketAddress resolver, Deadline deadline) {
    DnsClient client = new DnsClient(AddressGuard.ALL, Optional.empty(), System::nanoTime);
    // The root has no address: that it says so, in one way or another, is an answer.
    return client
        .ask(resolver, ROOT, AddressFamily.IPV4, deadline)
        .failure()
        .filter(failure -> failure.kind() != FailureKind.DNS_NO_ADDRESS)
        .filter(failure -> failure.kind() != FailureKind.DNS_NXDOMAIN);
  }
}
