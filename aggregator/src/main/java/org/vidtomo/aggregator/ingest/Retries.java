package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reports that the store or the broker could not take: each is tried again with a growing pause,
 * for as long as it takes, and while there is one no more are fetched. As soon as one gets through,
 * all others try at once. Nothing is requeued or dropped; at most the prefetch waits here, unacked.
 */
final class Retries implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "aggregator-retry");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable pause;
  private final Runnable resume;
  private final Set<Try> scheduled = new LinkedHashSet<>();
  private int waiting;

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
   */
  Retries(Runnable pause, Runnable resume) {
    this.pause = requireNonNull(pause, "pause");
    this.resume = requireNonNull(resume, "resume");
  }

  /**
   * Tries something again after a pause that doubles with the tries so far, from 1.
   *
   * @param again must be short
   */
  synchronized void later(int tries, Runnable again) {
    if (tries == 1) {
      waiting++;
      onTimer(pause);
    }
    long pauseMillis =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, tries - 1));
    Try next = new Try(again);
    scheduled.add(next);
    try {
      timer.schedule(() -> begin(next), pauseMillis, TimeUnit.MILLISECONDS);
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
      onTimer(resume);
    } else {
      List<Try> all = List.copyOf(scheduled);
      onTimer(() -> all.forEach(this::begin));
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

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
