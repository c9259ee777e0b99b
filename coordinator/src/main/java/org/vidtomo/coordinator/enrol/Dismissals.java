package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.BrokerAdmin;

/**
 * Takes a revoked agent's user and queue from the broker, and tries until both are gone: the broker
 * may be away just then. The user that is still there tells the next coordinator what is left to
 * do. Thread-safe.
 */
final class Dismissals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dismissals.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final BrokerAdmin admin;
  private final Topology topology;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "dismissals");
            made.setDaemon(true);
            return made;
          });

  Dismissals(BrokerAdmin admin, Topology topology) {
    this.admin = requireNonNull(admin, "admin");
    this.topology = requireNonNull(topology, "topology");
  }

  /** Tries now, and where that fails again and again in the background. */
  void dismiss(String agentId, String queue) {
    attempt(agentId, queue, SHORTEST_PAUSE);
  }

  /** In the background from the first try on. */
  void dismissLater(String agentId, String queue) {
    schedule(agentId, queue, Duration.ZERO, SHORTEST_PAUSE);
  }

  private void attempt(String agentId, String queue, Duration pause) {
    boolean done = tried("its user", agentId, () -> admin.remove(agentId));
    done &= tried("its queue", agentId, () -> topology.deleteAgentQueue(queue));
    if (done) {
      LOG.info("A revoked agent has nothing left on the broker: agent={}", agentId);
      return;
    }
    Duration longer = pause.multipliedBy(2);
    schedule(agentId, queue, pause, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
  }

  private static boolean tried(String what, String agentId, Runnable step) {
    try {
      step.run();
      return true;
    } catch (MessagingException e) {
      LOG.warn(
          "A revoked agent keeps {} for now, trying on: agent={} error={}",
          what,
          agentId,
          e.getMessage());
      return false;
    }
  }

  private void schedule(String agentId, String queue, Duration after, Duration pause) {
    try {
      thread.schedule(
          () -> attempt(agentId, queue, pause), after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closing: the next start goes on agent={}", agentId);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
