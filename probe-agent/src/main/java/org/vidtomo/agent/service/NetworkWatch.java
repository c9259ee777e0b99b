package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.JsonHttp;

/**
 * Asks the coordinator now and then what it sees of this agent: address, prefix, and how far the
 * clocks are apart. Without an answer the reports just say less.
 */
final class NetworkWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A ticket holds for six hours. */
  private static final Duration EVERY = Duration.ofHours(2);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);

  private final AgentIdentity identity;
  private final Optional<Path> certificates;
  private final Consumer<NetworkView> listener;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-network");
            thread.setDaemon(true);
            return thread;
          });

  /** Who asks; signed with the agent's key. */
  private record Asking(String agentId, Instant at) {}

  /** The answer of {@code GET /api/v1/whoami}. */
  private record Answer(String address, String prefix, Instant at, Optional<String> ticket) {
    Answer {
      requireNonNull(address, "address");
      requireNonNull(prefix, "prefix");
      requireNonNull(at, "at");
    }
  }

  NetworkWatch(
      AgentIdentity identity,
      Optional<Path> certificates,
      Consumer<NetworkView> listener,
      Clock clock) {
    this.identity = requireNonNull(identity, "identity");
    this.certificates = requireNonNull(certificates, "certificates");
    this.listener = requireNonNull(listener, "listener");
    this.clock = requireNonNull(clock, "clock");
  }

  void start() {
    timer.execute(this::look);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void look() {
    Duration next = AFTER_FAILURE;
    try {
      listener.accept(ask());
      next = EVERY;
    } catch (IOException e) {
      LOG.info("the coordinator does not say what it sees of this agent: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("asking the coordinator what it sees of this agent failed", e);
    } catch (InterruptedException e) {
      return;
    }
    if (!timer.isShutdown()) {
      timer.schedule(this::look, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private NetworkView ask() throws IOException, InterruptedException {
    Instant asked = clock.instant();
    Answer answer =
        JsonHttp.to(identity.coordinator(), Optional.empty(), TIMEOUT, certificates)
            .authorizedBy(this::authorization)
            .get("/api/v1/whoami", Answer.class);
    Duration roundTrip = Duration.between(asked, clock.instant());
    // The coordinator read its clock about half-way (as NTP takes it, RFC 5905 §8).
    Duration offset = Duration.between(answer.at(), asked.plus(roundTrip.dividedBy(2)));
    return new NetworkView(
        Optional.of(answer.address()).filter(NetworkWatch::isPublic),
        Optional.of(answer.prefix()),
        OptionalLong.of(offset.toNanos() / 1000),
        answer.ticket());
  }

  private String authorization() {
    byte[] asking = Wire.toBytes(new Asking(identity.agentId(), clock.instant()));
    return "Agent " + SignedMessage.sign(asking, identity.key()).toToken();
  }

  private static boolean isPublic(String address) {
    try {
      // Only literals: nothing is looked up.
      return address.matches("[0-9a-fA-F:.]+")
          && AddressPolicy.isPublic(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
