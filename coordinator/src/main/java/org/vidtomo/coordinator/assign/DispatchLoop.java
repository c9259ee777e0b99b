package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives tasks out: hears what happened, then works, again and again. What fails
 * is tried again.
 */
final class DispatchLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  private final BooleanSupplier work;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "coordinator-dispatch");
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean closed;

  /**
   * A loop that does not run yet.
   *
   * @param work says whether there is more to do at once
   */
  DispatchLoop(BooleanSupplier work) {
    this.work = work;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs something on the thread, before it works again. */
  void tell(Runnable event) {
    events.add(event);
  }

  /** What hinders it now. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    closed = true;
    events.add(() -> {});
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      boolean more = false;
      try {
        hear();
        more = work.getAsBoolean();
        problem = Optional.empty();
      } catch (RuntimeException e) {
        failed(e);
      }
      await(more ? Duration.ZERO : problem.isPresent() ? PAUSE_AFTER_FAILURE : TICK);
    }
  }

  private void hear() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private void await(Duration most) {
    try {
      Runnable event = events.poll(most.toMillis(), TimeUnit.MILLISECONDS);
      if (event != null) {
        event.run();
      }
    } catch (InterruptedException e) {
      closed = true;
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException e) {
    if (problem.isEmpty()) {
      LOG.warn("Giving tasks out is hindered, trying on: {}", e.toString(), e);
    }
    problem = Optional.of(String.valueOf(e.getMessage()));
  }
}
