package org.vidtomo.aggregator.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * In which company reports are handled. New ones go side by side, on a few threads. One that was
 * delivered before may be what ended a process: it goes alone, with nothing else in hand, so that
 * it can take no other down with it, and so that a process that dies tells which one it was.
 * Thread-safe; the prefetch bounds what waits here.
 */
final class Lanes implements AutoCloseable {
  private final ExecutorService threads;
  private final Deque<Runnable> suspects = new ArrayDeque<>();
  private final Deque<Runnable> others = new ArrayDeque<>();
  private int inHand;
  private boolean alone;

  Lanes(int workers) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "aggregator-ingest-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Has a report handled in its turn.
   *
   * @param work which ends in {@link #settled()}, on whichever thread
   */
  synchronized void add(Runnable work, boolean suspect) {
    (suspect ? suspects : others).addLast(work);
    begin();
  }

  /** One that was begun is settled. */
  synchronized void settled() {
    inHand--;
    alone = false;
    begin();
  }

  private void begin() {
    if (!suspects.isEmpty()) {
      if (inHand == 0) {
        alone = true;
        begin(suspects.removeFirst());
      }
      return;
    }
    while (!alone && !others.isEmpty()) {
      begin(others.removeFirst());
    }
  }

  private void begin(Runnable work) {
    inHand++;
    threads().execute(work);
  }

  /** The threads on which reports are read, and where a store's answers are gone on from. */
  Executor threads() {
    return work -> {
      try {
        threads.execute(work);
      } catch (RejectedExecutionException e) {
        // Closing: it is unacked, so the broker delivers it again.
      }
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
