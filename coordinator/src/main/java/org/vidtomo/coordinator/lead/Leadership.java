package org.vidtomo.coordinator.lead;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.storage.LeaderStore;
import org.vidtomo.storage.StoreException;

/**
 * Keeps the lead or waits for it, and enters and leaves the office with it. One thread renews, and
 * never does anything slow; another enters and leaves.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  private final Seat seat;
  private final Lease lease;
  private final Office office;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewing = thread("coordinator-lease", this::renew);
  private final Thread serving = thread("coordinator-lead", this::serve);
  private volatile Optional<String> problem = Optional.empty();
  private volatile Optional<String> hindrance = Optional.empty();
  private volatile boolean seated;
  private long served;

  /** What the leader does. Called from one thread at a time. */
  public interface Office {
    /** Begins; a failure is tried again after {@link #leave}. */
    void enter() throws Exception;

    /** Ends, whatever had begun. */
    void leave();
  }

  /** A leadership that is not looked for yet. */
  public Leadership(Seat seat, LeaderStore store, Office office) {
    this.seat = seat;
    this.lease = new Lease(store, seat.owner(), seat::isPredecessor, System::nanoTime);
    this.office = office;
  }

  /**
   * Tries once, on this thread; whoever leads has entered when this returns. It goes on by itself
   * from then on.
   *
   * @return whether this coordinator leads; else it stands by
   * @throws Exception when entering fails
   */
  public boolean start() throws Exception {
    attempt();
    renewing.start();
    boolean leads = lease.held();
    if (leads) {
      enter();
    } else {
      LOG.info("Standing by: {}", standing());
    }
    serving.start();
    return leads;
  }

  /** Whether this coordinator may act as the leader now. */
  public boolean held() {
    return lease.held();
  }

  /** Whether it has the lead, though it may be unable to renew it. */
  public boolean leads() {
    return lease.term() > 0;
  }

  /** Where it stands, for a person. */
  public String standing() {
    if (!seated) {
      return "standby: another coordinator works in " + seat.directory();
    }
    if (leads()) {
      return lease.held()
          ? "leads, term " + lease.term() + hindrance.map(h -> ", is hindered: " + h).orElse("")
          : "cannot renew its lead and gives nothing out: " + problem.orElse("no answer yet");
    }
    String other = lease.leads();
    return "standby: "
        + (other.isEmpty() ? "nobody is known to lead" : other + " leads")
        + problem.map(p -> "; " + p).orElse("");
  }

  private void renew() {
    while (!ended(RENEW_EVERY)) {
      try {
        attempt();
        problem = Optional.empty();
      } catch (StoreException | IOException e) {
        if (problem.isEmpty()) {
          LOG.warn("The coordinators' lead cannot be looked after, trying on: {}", e.getMessage());
        }
        problem = Optional.of(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.warn("The coordinators' lead cannot be looked after, trying on", e);
        problem = Optional.of(e.toString());
      }
    }
  }

  private void attempt() throws IOException {
    seated = seated || seat.take();
    if (seated) {
      lease.step();
    }
  }

  private void serve() {
    Duration pause = LOOK_EVERY;
    while (!ended(pause)) {
      pause = LOOK_EVERY;
      long term = lease.term();
      if (served != 0 && served != term) {
        LOG.warn("This coordinator has lost the lead and stops: {}", standing());
        leave();
      }
      if (served == 0 && lease.held()) {
        try {
          enter();
        } catch (InterruptedException e) {
          return;
        } catch (Exception e) {
          LOG.warn("Taking the lead is hindered, trying on: {}", e.toString(), e);
          hindrance = Optional.of(String.valueOf(e.getMessage()));
          leave();
          pause = PAUSE_AFTER_FAILURE;
        }
      }
    }
  }

  private void enter() throws Exception {
    served = lease.term();
    LOG.info("This coordinator leads: term={}", served);
    office.enter();
    hindrance = Optional.empty();
  }

  private void leave() {
    served = 0;
    office.leave();
  }

  private boolean ended(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Leaves the office, then gives the lead back. */
  @Override
  public void close() {
    closed.countDown();
    serving.interrupt();
    join(serving);
    office.leave();
    join(renewing);
    try {
      if (!renewing.isAlive()) {
        lease.release();
      }
      seat.close();
    } catch (StoreException | IOException e) {
      LOG.info("The lead is not given back, its time will run out: {}", e.getMessage());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
