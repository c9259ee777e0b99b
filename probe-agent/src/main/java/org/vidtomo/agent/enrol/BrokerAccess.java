package org.vidtomo.agent.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.messaging.BrokerSettings;

/**
 * The agent's user at the broker. When the broker does not take it any more, as after its data were
 * lost, the coordinator is asked for another password; the new one is kept. Thread-safe.
 */
public final class BrokerAccess implements UnaryOperator<URI> {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerAccess.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration NOT_AGAIN_BEFORE = Duration.ofSeconds(30);

  private final AgentDirectory directory;
  private final Optional<Path> certificates;
  private final Clock clock;
  private AgentIdentity identity;
  private long askedNanos = System.nanoTime() - NOT_AGAIN_BEFORE.toNanos();

  /** What the coordinator answers. */
  private record Answer(URI brokerUri) {
    Answer {
      requireNonNull(brokerUri, "brokerUri");
    }
  }

  /**
   * Of an enrolled agent.
   *
   * @param directory where new credentials are kept
   * @param certificates PEM file of the authorities to trust; empty: the system's
   */
  public BrokerAccess(
      AgentIdentity identity, AgentDirectory directory, Optional<Path> certificates, Clock clock) {
    this.identity = requireNonNull(identity, "identity");
    this.directory = requireNonNull(directory, "directory");
    this.certificates = requireNonNull(certificates, "certificates");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The agent, with a user of its own if it shared one before and the coordinator now gives it one.
   */
  public synchronized AgentIdentity ofItsOwn() {
    String user = BrokerSettings.of(identity.brokerUri(), "agent").user();
    if (!user.equals(identity.agentId())) {
      ask();
    }
    return identity;
  }

  /** What to connect with, when this was refused; the same again when there is nothing else. */
  @Override
  public synchronized URI apply(URI refused) {
    boolean old = !refused.equals(identity.brokerUri());
    if (!old && System.nanoTime() - askedNanos >= NOT_AGAIN_BEFORE.toNanos()) {
      ask();
    }
    return identity.brokerUri();
  }

  private void ask() {
    askedNanos = System.nanoTime();
    try {
      URI given =
          identity
              .asking(AgentAsking.Purpose.CREDENTIALS, TIMEOUT, certificates, clock)
              .post("/api/v1/agents/" + identity.agentId() + "/credentials", Map.of(), Answer.class)
              .brokerUri();
      if (given.equals(identity.brokerUri())) {
        return;
      }
      PlainText.refuseBroker(identity.coordinator(), given);
      identity = identity.withBroker(given);
      identity.save(directory);
      LOG.info("the agent has new credentials for the broker agent={}", identity.agentId());
    } catch (IOException e) {
      LOG.info("the coordinator gives no credentials for the broker now: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
