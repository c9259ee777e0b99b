package org.vidtomo.coordinator.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at once and then again and again, on a thread of its own, until it is closed. */
public final class Rounds implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Runnable look;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Does not look yet.
   *
   * @param look sees to its own errors
   * @param pause between two looks
   */
  public Rounds(String name, Runnable look, Duration pause) {
    this.look = requireNonNull(look, "look");
    this.pause = requireNonNull(pause, "pause");
    this.thread = new Thread(this::run, name);
  }

  /** Begins to look. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    do {
      look.run();
    } while (!ended());
  }

  private boolean ended() {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
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
