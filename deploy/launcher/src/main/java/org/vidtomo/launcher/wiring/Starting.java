package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that takes a while to start, on a thread of its own. */
final class Starting<T extends AutoCloseable> {
  private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean taken;

  /** Begins at once. */
  Starting(String name, Callable<T> start) {
    task = new FutureTask<>(requireNonNull(start, "start"));
    thread = new Thread(task, "start-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for it; it is the caller's from then on. */
  T await() throws InterruptedException {
    try {
      T started = task.get();
      taken = true;
      return started;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Asks it to give up by an interrupt. Only for what ends cleanly by one. */
  void interrupt() {
    if (!taken) {
      thread.interrupt();
    }
  }

  /** If nobody took it: waits a while for it to come up, and closes it then. */
  void abandon(Duration limit) {
    if (taken) {
      return;
    }
    try {
      thread.join(limit.toMillis());
      if (task.isDone()) {
        task.get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("what was given up did not start thread={}", thread.getName(), e);
    }
  }
}
