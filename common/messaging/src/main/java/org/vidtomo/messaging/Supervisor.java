package org.vidtomo.messaging;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection open. The client's own automatic recovery is off: it loses what was
 * published and not confirmed, keeps stale deliveries, and gives up on a failed consumer.
 *
 * <p>All that changes the connection happens on one thread. Pieces (declarations, publisher,
 * subscriptions) are attached to each new session in the order in which they were added; a piece
 * whose channel breaks while the connection holds asks to be attached again.
 */
final class Supervisor {
  /** Something that works on a session. */
  interface Piece {
    /** Starts working on a session; called on the supervisor's thread. */
    void attach(Session session) throws IOException, TimeoutException;

    /** Looks whether it still works, on a broker that does not tell; on the same thread. */
    default void probe(Session session) throws IOException {}

    /** What it is, for logs. */
    String describe();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final long WARN_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CLOSE_MILLIS = 1_000;
  private static final Duration PROBE_PAUSE = Duration.ofSeconds(2);

  private final BrokerSettings settings;
  private final MessagingMetrics metrics;
  private final SessionOpener opener;
  private final ScheduledThreadPoolExecutor thread;
  private final ExecutorService dispatch;
  private final List<Piece> pieces = new CopyOnWriteArrayList<>();
  private final Map<Piece, Backoff> attachBackoffs = new ConcurrentHashMap<>();
  private final Map<Piece, String> attachProblems = new ConcurrentHashMap<>();
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

  Supervisor(BrokerSettings settings, MessagingMetrics metrics, Threads threads) {
    this.settings = settings;
    this.metrics = metrics;
    this.opener = new SessionOpener(settings, threads.factory("amqp"));
    this.thread = threads.single("supervisor");
    this.dispatch = Executors.newFixedThreadPool(2, threads.factory("dispatch"));
    this.connectBackoff = new Backoff(settings.longestBackoff());
  }

  synchronized void start() {
    if (!started && !closed) {
      started = true;
      run(this::connect, Duration.ZERO);
    }
  }

  /** Attaches a piece now, if there is a session, and to each session to come. */
  void add(Piece piece) {
    pieces.add(piece);
    run(() -> session.ifPresent(s -> attach(piece, s)), Duration.ZERO);
  }

  void remove(Piece piece) {
    pieces.remove(piece);
    attachBackoffs.remove(piece);
    attachProblems.remove(piece);
  }

  /** Attaches a piece again, after a pause, if the session it lost its channel on still holds. */
  void reattach(Piece piece, Session on) {
    if (closed || !on.isOpen() || !pieces.contains(piece)) {
      return;
    }
    Duration pause =
        attachBackoffs
            .computeIfAbsent(piece, p -> new Backoff(settings.longestBackoff()))
            .next(System.nanoTime());
    run(
        () -> {
          if (session.filter(s -> s == on && s.isOpen()).isPresent() && pieces.contains(piece)) {
            attach(piece, on);
          }
        },
        pause);
  }

  /** As {@link #reattach}, for a channel that closed otherwise than by our own wish. */
  void reattachAfter(ShutdownSignalException cause, Piece piece, Session on) {
    if (!cause.isInitiatedByApplication()) {
      reattach(piece, on);
    }
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
    return attachProblems.values().stream().findFirst();
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
    connectBackoff.reset();
    connectProblem = Optional.empty();
    attachProblems.clear();
    metrics.connections.increment();
    session = Optional.of(opened);
    for (Piece piece : pieces) {
      attach(piece, opened);
    }
    changed();
    if (!opened.tellsCancelled()) {
      run(() -> probe(opened), PROBE_PAUSE);
    }
  }

  private void probe(Session on) {
    if (closed || !on.isOpen()) {
      return;
    }
    for (Piece piece : pieces) {
      try {
        piece.probe(on);
      } catch (IOException | RuntimeException e) {
        LOG.debug("Probing failed: piece={}", piece.describe(), e);
      }
    }
    run(() -> probe(on), PROBE_PAUSE);
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

  private void broken(Session lost, ShutdownSignalException cause) {
    if (closed) {
      return;
    }
    run(
        () -> {
          if (session.filter(s -> s == lost).isEmpty()) {
            return;
          }
          session = Optional.empty();
          blocked = false;
          lostNanos = System.nanoTime();
          connectProblem = Optional.of("connection lost: " + Errors.brief(cause));
          LOG.warn(
              "Lost the connection to the broker, reconnecting: broker={} error={}",
              settings.broker(),
              Errors.brief(cause));
          changed();
          run(this::connect, connectBackoff.next(System.nanoTime()));
        },
        Duration.ZERO);
  }

  private void blocked(String reason) {
    blocked = true;
    LOG.warn("The broker blocks publishers: broker={} reason={}", settings.broker(), reason);
  }

  private void unblocked() {
    blocked = false;
    LOG.info("The broker takes messages again: broker={}", settings.broker());
  }

  private void attach(Piece piece, Session to) {
    try {
      piece.attach(to);
      attachProblems.remove(piece);
    } catch (IOException | TimeoutException | RuntimeException e) {
      if (!to.isOpen() || closed) {
        return;
      }
      String problem = piece.describe() + ": " + Errors.brief(e);
      if (!problem.equals(attachProblems.put(piece, problem))) {
        LOG.warn("Cannot set up on the broker, trying on: {}", problem);
      }
      LOG.debug("Attaching failed: piece={}", piece.describe(), e);
      reattach(piece, to);
    }
  }

  private void run(Runnable task, Duration after) {
    try {
      thread.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: nothing is attached any more");
    }
  }

  private void changed() {
    synchronized (change) {
      change.notifyAll();
    }
  }
}
