package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.StoreException;

/** The standing of agents as the store has it, read again every few seconds. Thread-safe. */
public final class Standings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standings.class);

  private final StandingStore store;
  private final Duration pause;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dashboard-standing");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Known known = new Known(0, Standing.ALL, List.of());

  /**
   * What is known.
   *
   * @param version rises with each change
   */
  record Known(long version, Standing standing, List<Flag> flags) {}

  /**
   * Nobody is left out yet.
   *
   * @param pause between two looks
   */
  public Standings(StandingStore store, Duration pause) {
    this.store = requireNonNull(store, "store");
    this.pause = requireNonNull(pause, "pause");
  }

  /** Looks now, and from then on in the background. */
  public void start() {
    look();
    timer.scheduleWithFixedDelay(
        this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      List<Flag> flags = Flag.of(store.strikes());
      Standing standing = Standing.of(flags, store.origins());
      if (!standing.equals(known.standing()) || !flags.equals(known.flags())) {
        known = new Known(known.version() + 1, standing, flags);
      }
    } catch (StoreException e) {
      LOG.warn("who is left out stays as it was error=\"{}\"", e.getMessage());
    }
  }

  Known known() {
    return known;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
