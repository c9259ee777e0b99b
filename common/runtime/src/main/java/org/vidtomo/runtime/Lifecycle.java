package org.vidtomo.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts components in the order they were added and closes them in the reverse order. Thread-safe;
 * the components are not closed while they are being started by another thread, but before or
 * after.
 */
public final class Lifecycle implements AutoCloseable {
  /** A role ends within 10 s; this leaves the JVM its own part. */
  public static final Duration CLOSE_LIMIT = Duration.ofSeconds(9);

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final String name;
  private final Duration closeLimit;
  // Read by /health also while a component is starting.
  private final List<Component> components = new CopyOnWriteArrayList<>();
  private final Deque<Component> started = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int next;
  private boolean closed;

  /**
   * A lifecycle without components.
   *
   * @param name of the role, for logs
   */
  public Lifecycle(String name) {
    this(name, CLOSE_LIMIT);
  }

  /**
   * A lifecycle without components.
   *
   * @param closeLimit how long closing all components may take; what is not closed by then is left
   */
  public Lifecycle(String name, Duration closeLimit) {
    this.name = requireNonNull(name, "name");
    this.closeLimit = requireNonNull(closeLimit, "closeLimit");
  }

  /** Adds a component, to be started by the next {@link #start}. */
  public <T extends Component> T add(T component) {
    components.add(requireNonNull(component, "component"));
    return component;
  }

  /** The components in order, for {@code /health}. */
  public List<Component> components() {
    return List.copyOf(components);
  }

  /**
   * Starts what was added and not yet started; may be called again after adding more.
   *
   * @throws StartException when one fails; everything started is closed again
   */
  public void start() throws StartException {
    try {
      startAdded();
    } catch (StartException e) {
      close();
      throw e;
    }
  }

  private synchronized void startAdded() throws StartException {
    for (; next < components.size(); next++) {
      if (closed) {
        throw new StartException(name + ": closed before all was started", null);
      }
      Component component = components.get(next);
      // Also a component whose start fails may hold something.
      started.push(component);
      long begin = System.nanoTime();
      try {
        component.start();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException(name + ": interrupted while starting " + component.name(), e);
      } catch (Exception e) {
        throw new StartException(
            "%s: starting %s: %s".formatted(name, component.name(), message(e)), e);
      }
      LOG.debug(
          "started role={} component={} millis={}",
          name,
          component.name(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
  }

  /** Starts in several steps: what a later one adds may depend on what an earlier one started. */
  @FunctionalInterface
  public interface Steps {
    /** Adds components and calls {@link Lifecycle#start}, as often as needed. */
    void start() throws Exception;
  }

  /**
   * Starts, waits for SIGTERM, SIGINT or {@link #close} by another thread, and closes.
   *
   * @return the process's exit code: 0, or 130 after SIGINT
   * @throws StartException when a component fails to start
   */
  public int run() throws StartException {
    return run(this::start);
  }

  /** As {@link #run()}, started in these steps. */
  public int run(Steps steps) throws StartException {
    try (Signals signals = Signals.onTermination(Thread.currentThread(), ended::countDown)) {
      try {
        steps.start();
        signals.uninterruptible();
        ended.await();
      } catch (Exception e) {
        if (signals.received().isEmpty()) {
          throw e instanceof StartException failed
              ? failed
              : new StartException(name + ": " + message(e), e);
        }
        // Asked to end while starting: that is no failure.
        Thread.interrupted();
      } finally {
        close();
      }
      return signals.received().filter("INT"::equals).isPresent() ? 130 : 0;
    }
  }

  /**
   * Closes what was started, the latest first, each at most what is left of the limit. Idempotent.
   */
  @Override
  public void close() {
    Deque<Component> latestFirst;
    synchronized (this) {
      closed = true;
      latestFirst = new ArrayDeque<>(started);
      started.clear();
    }
    long deadline = System.nanoTime() + closeLimit.toNanos();
    for (Component component : latestFirst) {
      close(component, deadline);
    }
    ended.countDown();
  }

  private void close(Component component, long deadline) {
    Thread closing = new Thread(() -> closeQuietly(component), name + "-close-" + component.name());
    closing.setDaemon(true);
    closing.start();
    try {
      // Even when time is up each gets a moment: most need no more.
      closing.join(Math.max(200, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      if (closing.isAlive()) {
        LOG.warn(
            "component did not close in time, left as it is role={} component={} limit={}",
            name,
            component.name(),
            closeLimit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeQuietly(Component component) {
    try {
      component.close();
    } catch (RuntimeException e) {
      LOG.warn("closing failed role={} component={}", name, component.name(), e);
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** A component could not be started; the message is fit for a person. */
  public static final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
