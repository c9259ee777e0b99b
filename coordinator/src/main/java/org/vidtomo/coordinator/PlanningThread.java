package org.vidtomo.coordinator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.campaign.RoundPlanner;

/** Lets the planner work, piece by piece. */
final class PlanningThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanningThread.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  private final RoundPlanner planner;
  private final BooleanSupplier leads;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "coordinator-plan");

  /**
   * A thread that does not run yet.
   *
   * @param leads whether it may plan now
   */
  PlanningThread(RoundPlanner planner, BooleanSupplier leads) {
    this.planner = planner;
    this.leads = leads;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    boolean failing = false;
    Duration pause = Duration.ZERO;
    while (!ended(pause)) {
      try {
        pause = leads.getAsBoolean() && planner.step() ? Duration.ZERO : PAUSE;
        failing = false;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.warn("Planning is hindered, trying on: {}", e.toString(), e);
        }
        failing = true;
        pause = PAUSE_AFTER_FAILURE;
      }
    }
  }

  private boolean ended(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.join(CLOSE_LIMIT.toMillis());
    planner.close();
  }
}
