package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.BrokerAccess;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;

/** An agent's connections to its broker, which its budget pays for. */
final class AgentBroker {
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  /** A thousand agents that lose one broker at once come back over these seconds, not at once. */
  private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(4);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

  /** AMQP's heartbeats, each way every five seconds on a connection that says nothing else. */
  private static final long KEEP_ALIVE_BYTES_PER_SECOND = 80;

  private final AgentIdentity identity;
  private final BrokerAccess access;
  private final Optional<Path> authorities;
  private final DataBudget budget;

  /**
   * Connects to nothing yet.
   *
   * @param authorities PEM file of those to trust; empty: the system's
   */
  AgentBroker(
      AgentIdentity identity, BrokerAccess access, Optional<Path> authorities, DataBudget budget) {
    this.identity = requireNonNull(identity, "identity");
    this.access = requireNonNull(access, "access");
    this.authorities = requireNonNull(authorities, "authorities");
    this.budget = requireNonNull(budget, "budget");
  }

  /** One that is not started. */
  BrokerConnection connection(String name) {
    BrokerConnection connection = new BrokerConnection(settings(name), access);
    long since = System.nanoTime();
    budget.meter(connection.metrics()::lineBytes);
    budget.meter(
        () ->
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since)
                * KEEP_ALIVE_BYTES_PER_SECOND);
    return connection;
  }

  private BrokerSettings settings(String name) {
    BrokerSettings base =
        BrokerSettings.of(identity.brokerUri(), name)
            .withBackoff(SHORTEST_BACKOFF, LONGEST_BACKOFF)
            .withCloseTimeout(CLOSE_TIMEOUT);
    return authorities.map(base::withCertificates).orElse(base);
  }
}
