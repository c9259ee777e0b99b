package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Reports that the store or the broker could not take: each is tried again with a growing pause,
 * and when one begins to wait no more are fetched. As soon as one gets through, all others try at
 * once. After a few tries of one more are fetched all the same, since it may be that one alone that
 * the store will not take; but only while there is room: to the broker a consumer that begins again
 * is a new one, with nothing in hand. Nothing is requeued; at most twice the prefetch waits here,
 * unacked.
 */
final class Retries implements AutoCloseable {
  /** By then a store that is away for a moment is back. */
  private static final int TRIES_FOR_ALL = 4;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "aggregator-retry");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable pause;
  private final Runnable resume;
  private final BooleanSupplier room;
  private final Set<Try> scheduled = new LinkedHashSet<>();
  private int waiting;
  private boolean holding;

  /** One more try; each is another, whatever it does. */
  private static final class Try {
    private final Runnable again;

    Try(Runnable again) {
      this.again = again;
    }
  }

  /**
   * No retries yet.
   *
   * @param pause stops fetching; idempotent
   * @param resume fetches again; idempotent
   * @param room whether fewer are in hand than may be
   */
  Retries(Runnable pause, Runnable resume, BooleanSupplier room) {
    this.pause = requireNonNull(pause, "pause");
    this.resume = requireNonNull(resume, "resume");
    this.room = requireNonNull(room, "room");
  }

  /**
   * Tries something again.
   *
   * @param tries so far, from 1
   * @param again must be short
   */
  synchronized void later(int tries, Duration pause, Runnable again) {
    if (tries == 1) {
      waiting++;
      hold(true);
    } else if (tries > TRIES_FOR_ALL && room.getAsBoolean()) {
      hold(false);
    }
    Try next = new Try(again);
    scheduled.add(next);
    try {
      timer.schedule(() -> begin(next), pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closing: it is unacked, so the broker delivers it again.
    }
  }

  private void begin(Try next) {
    synchronized (this) {
      if (!scheduled.remove(next)) {
        return; // It went before its time.
      }
    }
    next.again.run();
  }

  /** One that had failed before is settled: what it lacked is there again. */
  synchronized void settled() {
    waiting--;
    if (waiting == 0) {
      hold(false);
    } else {
      List<Try> all = List.copyOf(scheduled);
      onTimer(() -> all.forEach(this::begin));
    }
  }

  private void hold(boolean hold) {
    if (hold != holding) {
      holding = hold;
      onTimer(hold ? pause : resume);
    }
  }

  /** Asking the broker may take a while: not on the thread of the store's answers. */
  private void onTimer(Runnable action) {
    try {
      timer.execute(action);
    } catch (RejectedExecutionException e) {
      // Closing: the subscription is closed anyway.
    }
  }

  /** How many reports wait for another try. */
  synchronized int waiting() {
    return waiting;
  }

  /** Whether no more are to be fetched. */
  synchronized boolean holding() {
    return holding;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
