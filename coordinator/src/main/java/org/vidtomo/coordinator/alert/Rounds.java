package org.vidtomo.coordinator.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.storage.StoreException;

/**
 * Looks at once and then again and again, on a thread of its own, until it is closed. A look that
 * fails is logged, once while the broker or the store is away, and the next one comes as ever.
 */
public final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final String what;
  private final Runnable look;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean hindered;

  /**
   * Does not look yet.
   *
   * @param name of its thread
   * @param what it does, for the log: {@code looking for floods}
   * @param pause between two looks
   */
  public Rounds(String name, String what, Runnable look, Duration pause) {
    this.what = requireNonNull(what, "what");
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
      look();
    } while (!ended());
  }

  private void look() {
    try {
      look.run();
      hindered = false;
    } catch (MessagingException | StoreException e) {
      if (!hindered) {
        LOG.warn("{} is hindered for now, trying on: {}", what, e.getMessage());
      }
      hindered = true;
    } catch (RuntimeException e) {
      LOG.warn("{} failed, trying on", what, e);
    }
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
