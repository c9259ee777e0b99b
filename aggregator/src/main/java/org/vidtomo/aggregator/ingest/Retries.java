package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reports that the store or the broker could not take: each is tried again with a growing pause,
 * for as long as it takes, and while there is one no more are fetched. Nothing is requeued or
 * dropped; at most the prefetch waits here, unacked.
 */
final class Retries implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "aggregator-retry");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable pause;
  private final Runnable resume;
  private int waiting;

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

  /** Tries something again after a pause that doubles with the tries so far, from 1. */
  void later(int tries, Runnable again) {
    if (tries == 1) {
      failedFirst();
    }
    long pauseMillis =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, tries - 1));
    try {
      timer.schedule(again, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closing: it is unacked, so the broker delivers it again.
    }
  }

  private synchronized void failedFirst() {
    waiting++;
    onTimer(pause);
  }

  /** One that had failed before is settled. */
  synchronized void settled() {
    waiting--;
    if (waiting == 0) {
      onTimer(resume);
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
