package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.AlertKind;
import org.vidtomo.coordinator.alert.Finding;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.admin.BrokerAdmin;

/**
 * Revokes agents that flood the broker. It looks every few seconds at what the broker counts, on a
 * thread of its own.
 */
public final class FloodWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FloodWatch.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Duration TOLD_FOR = Duration.ofDays(1);
  private static final int LOOKS_PER_HOLD = 4;
  private static final int MOST_TOLD = 100;

  private final BrokerAdmin admin;
  private final Predicate<String> enrolled;
  private final Revoking revoking;
  private final FloodMeter meter;
  private final long pauseMillis;
  private final Clock clock;
  private final ConcurrentLinkedDeque<Flood> told = new ConcurrentLinkedDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "coordinator-floods");
  private boolean blind;

  /** Takes an agent's rights away. */
  public interface Revoking {
    /**
     * From now on nothing of it is taken.
     *
     * @throws RefusedException when there is no such agent
     */
    void revoke(String agentId) throws RefusedException;
  }

  private record Flood(String agentId, String much, Instant at) {}

  /**
   * A watch that does not look yet.
   *
   * @param enrolled whether a user of the broker is an agent of this coordinator
   */
  public FloodWatch(
      BrokerAdmin admin,
      Predicate<String> enrolled,
      Revoking revoking,
      FloodLimits limits,
      Clock clock) {
    this.admin = requireNonNull(admin, "admin");
    this.enrolled = requireNonNull(enrolled, "enrolled");
    this.revoking = requireNonNull(revoking, "revoking");
    this.meter = new FloodMeter(limits);
    this.pauseMillis =
        Math.min(LONGEST_PAUSE.toMillis(), 1 + limits.hold().toMillis() / LOOKS_PER_HOLD);
    this.clock = requireNonNull(clock, "clock");
  }

  /** Begins to look. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** The floods of the last day. */
  public List<Finding> findings() {
    Instant from = clock.instant().minus(TOLD_FOR);
    told.removeIf(flood -> flood.at().isBefore(from));
    return told.stream()
        .map(
            flood ->
                new Finding(
                    AlertKind.AGENT_FLOODING,
                    flood.agentId(),
                    Set.of(),
                    "agent %s was revoked at %s: %s"
                        .formatted(flood.agentId(), flood.at(), flood.much())))
        .toList();
  }

  private void run() {
    do {
      try {
        look();
        blind = false;
      } catch (MessagingException e) {
        if (!blind) {
          LOG.warn("Floods are not seen for now, trying on: {}", e.getMessage());
        }
        blind = true;
      } catch (RuntimeException e) {
        LOG.warn("Looking for floods failed, trying on", e);
      }
    } while (!ended());
  }

  /** Looks once. */
  void look() {
    for (Map.Entry<String, String> flood :
        meter.floods(admin.usage(), clock.instant()).entrySet()) {
      if (enrolled.test(flood.getKey())) {
        revoke(flood.getKey(), flood.getValue());
      }
    }
  }

  private void revoke(String agentId, String much) {
    LOG.warn("An agent floods the broker and is revoked: agent={} sends={}", agentId, much);
    told.addFirst(new Flood(agentId, much, clock.instant()));
    if (told.size() > MOST_TOLD) {
      told.removeLast();
    }
    try {
      revoking.revoke(agentId);
    } catch (RefusedException e) {
      LOG.debug("It is gone already: agent={}", agentId, e);
    }
  }

  private boolean ended() {
    try {
      return closed.await(pauseMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
