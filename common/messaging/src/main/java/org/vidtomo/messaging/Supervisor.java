package org.vidtomo.messaging;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection open. The client's own automatic recovery is off: it loses what was
 * published and not confirmed, keeps stale deliveries, and gives up on a failed consumer.
 *
 * <p>All that changes the connection happens on one thread.
 */
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final long WARN_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CLOSE_MILLIS = 1_000;

  private final BrokerSettings settings;
  private final MessagingMetrics metrics;
  private final SessionOpener opener;
  private final ScheduledThreadPoolExecutor thread;
  private final ExecutorService dispatch;
  private final Attachments attachments;
  private final Backoff connectBackoff;
  private final Object change = new Object();

  private volatile Optional<Session> session = Optional.empty();
  private volatile Optional<String> connectProblem = Optional.empty();
  private volatile boolean blocked;
  private volatile boolean closed;
  private boolean started;
  private int failures;
  private long lostNanos = System.nanoTime();
  private long warnedNanos = System.nanoTime() - WARN_AGAIN_NANOS;

  Supervisor(
      BrokerSettings settings,
      UnaryOperator<URI> renewal,
      MessagingMetrics metrics,
      Threads threads) {
    this.settings = settings;
    this.metrics = metrics;
    this.opener = new SessionOpener(settings, renewal, metrics.lineBytes, threads.factory("amqp"));
    this.thread = threads.single("supervisor");
    this.dispatch = dispatch(threads);
    this.connectBackoff = new Backoff(settings.shortestBackoff(), settings.longestBackoff());
    this.attachments = new Attachments(this::session, this::run, settings);
  }

  synchronized void start() {
    if (!started && !closed) {
      started = true;
      run(this::connect, Duration.ZERO);
    }
  }

  /** Attaches a piece now, if there is a session, and to each session to come. */
  void add(Piece piece) {
    attachments.add(piece);
  }

  void remove(Piece piece) {
    attachments.remove(piece);
  }

  /** Attaches a piece again, after a pause, if the session it lost its channel on still holds. */
  void reattach(Piece piece, Session on) {
    attachments.again(piece, on);
  }

  /** The open session, if there is one. */
  Optional<Session> session() {
    return session.filter(Session::isOpen);
  }

  /** Waits for an open session. */
  Optional<Session> await(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (change) {
      while (session().isEmpty() && !closed) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (leftMillis <= 0) {
          break;
        }
        change.wait(leftMillis);
      }
      return session();
    }
  }

  /** What is wrong now, if anything. */
  Optional<String> problem() {
    if (session().isEmpty()) {
      return connectProblem;
    }
    return attachments.problem();
  }

  /** Whether the broker takes no messages, by an alarm of memory or disk. */
  boolean blocked() {
    return blocked;
  }

  void close() {
    closed = true;
    thread.shutdownNow();
    abort();
    changed();
    try {
      // A connection attempt under way ends by its own time limit and is then closed.
      if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("Still connecting while closing: broker={}", settings.broker());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    abort();
    dispatch.shutdownNow();
  }

  private void abort() {
    session.ifPresent(s -> s.connection().abort(CLOSE_MILLIS));
    session = Optional.empty();
  }

  private void connect() {
    if (closed || session().isPresent()) {
      return;
    }
    try {
      Session opened = opener.open(dispatch);
      blocked = false;
      opened.connection().addBlockedListener(this::blocked, this::unblocked);
      opened.connection().addShutdownListener(cause -> broken(opened, cause));
      if (closed) {
        opened.connection().abort();
        return;
      }
      connected(opened);
    } catch (IOException | TimeoutException | RuntimeException e) {
      failed(e);
    }
  }

  private void connected(Session opened) {
    LOG.info(
        "Connected to the broker: broker={} flavour={} connection={} attempts={} afterMillis={}",
        settings.broker(),
        opened.flavour(),
        opened.number(),
        failures + 1,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostNanos));
    failures = 0;
    connectBackoff.succeeded(System.nanoTime());
    connectProblem = Optional.empty();
    metrics.connections.increment();
    session = Optional.of(opened);
    attachments.attachAll(opened);
    changed();
  }

  private void failed(Exception e) {
    failures++;
    String problem = Errors.brief(e);
    connectProblem = Optional.of("connecting to " + settings.broker() + ": " + problem);
    Duration pause = connectBackoff.next(System.nanoTime());
    long now = System.nanoTime();
    if (now - warnedNanos >= WARN_AGAIN_NANOS) {
      warnedNanos = now;
      LOG.warn(
          "Cannot connect to the broker, trying on: broker={} attempts={} error={}",
          settings.broker(),
          failures,
          problem);
    }
    LOG.debug("Connection attempt failed: pauseMillis={}", pause.toMillis(), e);
    run(this::connect, pause);
  }

  private void broken(Session broken, ShutdownSignalException cause) {
    if (!closed) {
      run(() -> lost(broken, Errors.brief(cause)), Duration.ZERO);
    }
  }

  private void lost(Session broken, String why) {
    if (session.filter(s -> s == broken).isEmpty()) {
      return;
    }
    session = Optional.empty();
    blocked = false;
    lostNanos = System.nanoTime();
    connectProblem = Optional.of("connection lost: " + why);
    LOG.warn(
        "Lost the connection to the broker, reconnecting: broker={} error={}",
        settings.broker(),
        why);
    changed();
    run(this::connect, connectBackoff.next(System.nanoTime()));
  }

  private void blocked(String reason) {
    blocked = true;
    LOG.warn("The broker blocks publishers: broker={} reason={}", settings.broker(), reason);
  }

  private void unblocked() {
    blocked = false;
    LOG.info("The broker takes messages again: broker={}", settings.broker());
  }

  private void run(Runnable task, Duration after) {
    try {
      thread.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: nothing is attached any more");
    }
  }

  /** Discards what comes after its end: the client may still be reading when we have closed. */
  private static ExecutorService dispatch(Threads threads) {
    return new ThreadPoolExecutor(
        2,
        2,
        0,
        TimeUnit.MILLISECONDS,
        new LinkedBlockingQueue<>(),
        threads.factory("dispatch"),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private void changed() {
    synchronized (change) {
      change.notifyAll();
    }
  }
}
