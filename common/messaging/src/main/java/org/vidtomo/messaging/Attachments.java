package org.vidtomo.messaging;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pieces that work on a connection, attached to each new session in the order in which they
 * were added. A piece whose channel breaks while the connection holds is attached again, after a
 * growing pause. Attaching happens on the supervisor's thread only.
 */
final class Attachments {
  private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
  private static final Duration PROBE_PAUSE = Duration.ofSeconds(2);

  private final Supplier<Optional<Session>> session;
  private final BiConsumer<Runnable, Duration> later;
  private final BrokerSettings settings;
  private final List<Piece> pieces = new CopyOnWriteArrayList<>();
  private final Map<Piece, Session> attached = new ConcurrentHashMap<>();
  private final Map<Piece, Backoff> backoffs = new ConcurrentHashMap<>();
  private final Map<Piece, String> problems = new ConcurrentHashMap<>();

  /**
   * No pieces yet.
   *
   * @param session the open session, if there is one
   * @param later runs something on the supervisor's thread after a pause
   */
  Attachments(
      Supplier<Optional<Session>> session,
      BiConsumer<Runnable, Duration> later,
      BrokerSettings settings) {
    this.session = session;
    this.later = later;
    this.settings = settings;
  }

  void add(Piece piece) {
    pieces.add(piece);
    later.accept(
        () -> session.get().filter(s -> attached.get(piece) != s).ifPresent(s -> attach(piece, s)),
        Duration.ZERO);
  }

  void remove(Piece piece) {
    pieces.remove(piece);
    attached.remove(piece);
    backoffs.remove(piece);
    problems.remove(piece);
  }

  void attachAll(Session to) {
    problems.clear();
    pieces.forEach(piece -> attach(piece, to));
    if (!to.tellsCancelled()) {
      later.accept(() -> probe(to), PROBE_PAUSE);
    }
  }

  void again(Piece piece, Session on) {
    if (!on.isOpen() || !pieces.contains(piece)) {
      return;
    }
    Duration pause;
    synchronized (backoffs) {
      pause = backoffs.computeIfAbsent(piece, p -> backoff()).next(System.nanoTime());
    }
    later.accept(() -> session.get().filter(s -> s == on).ifPresent(s -> attach(piece, s)), pause);
  }

  Optional<String> problem() {
    return problems.values().stream().findFirst();
  }

  private void attach(Piece piece, Session to) {
    if (!pieces.contains(piece)) {
      return;
    }
    attached.put(piece, to);
    try {
      piece.attach(to);
      attached(piece);
    } catch (IOException | TimeoutException | RuntimeException e) {
      if (!to.isOpen()) {
        return;
      }
      String problem = piece.describe() + ": " + Errors.brief(e);
      if (!problem.equals(problems.put(piece, problem))) {
        LOG.warn("Cannot set up on the broker, trying on: {}", problem);
      }
      LOG.debug("Attaching failed: piece={}", piece.describe(), e);
      again(piece, to);
    }
  }

  private void attached(Piece piece) {
    problems.remove(piece);
    synchronized (backoffs) {
      Optional.ofNullable(backoffs.get(piece)).ifPresent(b -> b.succeeded(System.nanoTime()));
    }
  }

  /** A channel costs the broker little: many clients need not be kept apart as for connections. */
  private Backoff backoff() {
    return new Backoff(Backoff.SHORTEST, settings.longestBackoff());
  }

  private void probe(Session on) {
    if (!on.isOpen()) {
      return;
    }
    for (Piece piece : pieces) {
      try {
        piece.probe(on);
      } catch (IOException | RuntimeException e) {
        LOG.debug("Probing failed: piece={}", piece.describe(), e);
      }
    }
    later.accept(() -> probe(on), PROBE_PAUSE);
  }
}
