package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;

/**
 * Tells the coordinator every few seconds that the agent is there, on a connection of its own: a
 * broker short of memory stops reading from those that publish reports.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final BrokerConnection connection;
  private final SigningKey key;
  private final Supplier<State> state;
  private final Duration every;
  private final Clock clock;
  private final List<String> capabilities;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What a heartbeat says.
   *
   * @param bytesLeft of the byte budget
   */
  record State(AgentInfo agent, Presence.Status status, Optional<UUID> running, long bytesLeft) {
    static State leaving(AgentInfo agent) {
      return new State(agent, Presence.Status.LEAVING, Optional.empty(), 0);
    }
  }

  Heartbeat(
      BrokerConnection connection,
      SigningKey key,
      Supplier<State> state,
      Duration every,
      List<String> capabilities,
      Clock clock) {
    this.connection = requireNonNull(connection, "connection");
    this.key = requireNonNull(key, "key");
    this.state = requireNonNull(state, "state");
    this.every = requireNonNull(every, "every");
    this.capabilities = List.copyOf(capabilities);
    this.clock = requireNonNull(clock, "clock");
  }

  void start() {
    connection.start();
    connection.publisher();
    timer.execute(this::beatSafely);
    // From then on with a phase of its own: machines that start together, as after an update at
    // night, would else send together for ever.
    long phaseMillis = ThreadLocalRandom.current().nextLong(every.toMillis());
    timer.scheduleWithFixedDelay(
        this::beatSafely, phaseMillis, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One more now, since something changed. */
  void beatNow() {
    try {
      timer.execute(this::beatSafely);
    } catch (RejectedExecutionException e) {
      LOG.debug("no heartbeat after the last one");
    }
  }

  /** Says goodbye, so that nobody waits for this agent. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    beat(State.leaving(state.get().agent()));
    connection.close();
  }

  private void beatSafely() {
    try {
      beat(state.get());
    } catch (RuntimeException e) {
      LOG.warn("a heartbeat failed", e);
    }
  }

  private void beat(State now) {
    byte[] body =
        Wire.toBytes(
            new Presence(
                Presence.SCHEMA_VERSION,
                now.agent(),
                now.status(),
                clock.instant(),
                capabilities,
                now.running(),
                OptionalLong.of(now.bytesLeft())));
    connection
        .publisher()
        .tryPublish(
            OutgoingMessage.passingJson(
                Topology.PRESENCE,
                now.agent().id(),
                body,
                SignedMessage.sign(body, key).headers(),
                UUID.randomUUID().toString()));
  }
}
