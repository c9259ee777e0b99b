package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.coordinator.request.RefusedException.Why;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.Erasure;
import org.vidtomo.storage.ErasureStore;

/**
 * Deletes what an agent brought when its owner asks for that: revokes it, goes over all reports,
 * and once more, when nothing of it can be under way any longer, over those that it looked at
 * before. Goes on where a coordinator that ended left it. Thread-safe.
 */
public final class Farewell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  /** The one who asks hears of the end if that is soon. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

  /** Aggregators take a revoked agent's reports for up to half a minute. */
  private static final Duration LAST_PASS_AFTER = Duration.ofMinutes(2);

  /** Each holds a thread of the API; the others hear at once how far it is. */
  private static final int MOST_WAITERS = 4;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ErasureStore erasures;
  private final AgentStore agents;
  private final Enrolment enrolment;
  private final AgentTokens tokens;
  private final BooleanSupplier leads;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "coordinator-erase");
  private final Semaphore toDo = new Semaphore(1);
  private final Semaphore waiters = new Semaphore(MOST_WAITERS);
  private volatile boolean closed;

  /**
   * What came of it by now.
   *
   * @param reports deleted so far
   * @param complete nothing of the agent is left but what may still be under way
   */
  public record Answer(String agentId, long reports, boolean complete) {}

  /**
   * Does nothing until it is started.
   *
   * @param leads whether the coordinator may act as the leader now
   */
  public Farewell(
      ErasureStore erasures,
      AgentStore agents,
      Enrolment enrolment,
      BooleanSupplier leads,
      Clock clock) {
    this.erasures = requireNonNull(erasures, "erasures");
    this.agents = requireNonNull(agents, "agents");
    this.enrolment = requireNonNull(enrolment, "enrolment");
    this.tokens = AgentTokens.alsoRevoked(agents, clock);
    this.leads = requireNonNull(leads, "leads");
    this.clock = requireNonNull(clock, "clock");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /**
   * Takes the wish of an agent, also of one that was revoked, which is then kept, and waits a
   * little for its end. The same wish again is no new one.
   *
   * @param token of the agent, {@link AgentTokens}
   * @throws RefusedException when it is of no agent, or not of now
   */
  public Answer of(String token) throws RefusedException, InterruptedException {
    AgentTokens.Asker asker = tokens.asker(token, AgentAsking.Purpose.ERASE);
    if (!asker.fresh()) {
      throw new RefusedException(
          Why.CONFLICT, "the token is not of now; set the agent's clock right and try again");
    }
    String agentId = asker.agent().agentId();
    if (erasures.find(agentId).isEmpty()) {
      // First the wish: the one who goes on with it revokes the agent, too.
      erasures.put(Erasure.of(agentId, clock.instant()));
      enrolment.revoke(agentId);
      LOG.info("An agent wants all of its deleted: agent={}", agentId);
      toDo.release();
    }
    boolean mayWait = waiters.tryAcquire();
    try {
      return awaited(agentId, mayWait ? ANSWER_WITHIN : Duration.ZERO);
    } finally {
      if (mayWait) {
        waiters.release();
      }
    }
  }

  private Answer awaited(String agentId, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Erasure erasure = erasures.find(agentId).orElseThrow();
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (erasure.passes() > 0 || leftMillis <= 0 || closed) {
        return new Answer(agentId, erasure.reports(), erasure.passes() > 0);
      }
      // The store is asked without the lock: while it is slow, others need not wait for each other.
      synchronized (this) {
        wait(Math.min(leftMillis, 1_000));
      }
    }
  }

  private void run() {
    Set<String> failing = new HashSet<>();
    boolean blind = false;
    while (!ended()) {
      try {
        if (leads.getAsBoolean()) {
          erasures.pending().forEach(erasure -> advance(erasure, failing));
        }
        blind = false;
      } catch (RuntimeException e) {
        if (!blind) {
          LOG.warn("What is to be deleted cannot be seen, trying on: {}", e.toString());
        }
        blind = true;
      }
    }
  }

  /** One that cannot go on keeps no other waiting. */
  private void advance(Erasure erasure, Set<String> failing) {
    try {
      advance(erasure);
      failing.remove(erasure.agentId());
    } catch (RuntimeException e) {
      if (failing.add(erasure.agentId())) {
        LOG.warn(
            "Deleting what an agent brought is hindered, trying on: agent={} error={}",
            erasure.agentId(),
            e.toString(),
            e);
      }
    }
  }

  private void advance(Erasure found) {
    Erasure erasure = found;
    if (erasure.passes() > 0 && mayGetMore(erasure)) {
      return;
    }
    revoked(erasure.agentId());
    int pass = erasure.passes();
    while (erasure.passes() == pass) {
      if (closed || !leads.getAsBoolean()) {
        return;
      }
      boolean mayGetMore = mayGetMore(erasure);
      erasure = erasure.after(erasures.erase(erasure.agentId(), erasure.nextRange()), mayGetMore);
      erasures.put(erasure);
    }
    if (erasure.complete()) {
      erasures.forget(erasure.agentId());
      erasures.put(erasure.doneAt(clock.instant()));
      LOG.info(
          "All that an agent brought is deleted: agent={} reports={}",
          erasure.agentId(),
          erasure.reports());
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private boolean mayGetMore(Erasure erasure) {
    return clock.instant().isBefore(erasure.requestedAt().plus(LAST_PASS_AFTER));
  }

  /** A coordinator may have ended between the two. */
  private void revoked(String agentId) {
    if (agents.find(agentId).filter(agent -> agent.revokedAt().isEmpty()).isPresent()) {
      try {
        enrolment.revoke(agentId);
      } catch (RefusedException e) {
        LOG.debug("the agent is gone", e);
      }
    }
  }

  /** Waits for something to do. */
  private boolean ended() {
    try {
      if (toDo.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        toDo.drainPermits();
      }
      return closed;
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    toDo.release();
    thread.join(CLOSE_LIMIT.toMillis());
  }
}
