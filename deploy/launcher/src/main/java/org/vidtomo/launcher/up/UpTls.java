package org.vidtomo.launcher.up;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.embedded.OwnCertificates;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.http.Certificates;
import org.vidtomo.runtime.http.ServerTls;

/**
 * The certificates of an installation that is open to others, given or its own. As a component it
 * says in time that they end.
 *
 * @param files what its servers show
 * @param authority PEM file that its clients on this machine trust; empty: the system's
 * @param expiresAt end of the servers' certificate
 */
record UpTls(ServerTls files, Optional<Path> authority, Instant expiresAt, Clock clock)
    implements Component {
  private static final Duration WARNED_BEFORE_END = Duration.ofDays(30);

  /** What is given, else what is made in the data directory; empty when plain text will do. */
  static Optional<UpTls> of(UpSettings settings, Path data, Clock clock) throws IOException {
    if (!settings.tls()) {
      return Optional.empty();
    }
    return Optional.of(
        settings.certificates().isPresent()
            ? given(settings.certificates().get(), clock)
            : own(settings, data, clock));
  }

  private static UpTls given(ServerTls files, Clock clock) throws IOException {
    X509Certificate servers = Certificates.read(files.certificate()).get(0);
    // An authority that nobody else knows stands in the chain, so that the chain is to be trusted.
    Optional<Path> authority = files.authority().map(own -> files.certificate());
    return new UpTls(files, authority, servers.getNotAfter().toInstant(), clock);
  }

  private static UpTls own(UpSettings settings, Path data, Clock clock) throws IOException {
    PrivateFiles.createDirectory(data);
    Set<String> needed = new HashSet<>(ThisMachine.loopback());
    for (InetSocketAddress each :
        new InetSocketAddress[] {settings.coordinator(), settings.dashboard(), settings.broker()}) {
      needed.add(settings.hostFor(each));
      needed.add(settings.hostForOwn(each));
    }
    OwnCertificates.Issued issued =
        new OwnCertificates(data.resolve("tls"), clock).issue(needed, ThisMachine.names());
    return new UpTls(
        new ServerTls(issued.chain(), issued.key()),
        Optional.of(issued.authority()),
        issued.expiresAt(),
        clock);
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public void start() {}

  @Override
  public Health check() {
    Duration left = Duration.between(clock.instant(), expiresAt);
    if (left.compareTo(WARNED_BEFORE_END) > 0) {
      return Health.ok("until " + expiresAt);
    }
    String advice =
        "ends at " + expiresAt + ": renew it if it is yours, and start vidtomo up again";
    return left.isNegative() ? Health.down(advice) : Health.degraded(advice);
  }

  @Override
  public void close() {}
}
