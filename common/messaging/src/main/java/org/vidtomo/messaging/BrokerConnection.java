package org.vidtomo.messaging;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;

/**
 * A connection to the broker that stays: it reconnects by itself, declares again, consumes again,
 * and publishes again what was not confirmed. Publishing and consuming use separate channels.
 *
 * <p>Presence wants a connection of its own: a broker that is short of memory stops reading from
 * connections that publish. Thread-safe.
 */
public final class BrokerConnection implements AutoCloseable {
  private static final long MARGIN_MILLIS = 500;

  private final BrokerSettings settings;
  private final MessagingMetrics metrics;
  private final Clock clock;
  private final Threads threads;
  private final Supervisor supervisor;
  private final Declarations declarations = new Declarations();
  private final Topology topology = new Topology(this);
  private final ScheduledThreadPoolExecutor timer;
  private final List<QueueSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private ConfirmingPublisher publisher;
  private boolean closed;

  /** A connection with metrics of its own; see {@link #start()}. */
  public BrokerConnection(BrokerSettings settings) {
    this(settings, UnaryOperator.identity());
  }

  /**
   * A connection whose credentials may change; see {@link #start()}.
   *
   * @param renewal asked when the broker refuses user and password, on the connecting thread: what
   *     to use the next time
   */
  public BrokerConnection(BrokerSettings settings, UnaryOperator<URI> renewal) {
    this(settings, renewal, new MessagingMetrics(), Clock.systemUTC());
  }

  /**
   * Connects to nothing yet; see {@link #start()}.
   *
   * @param clock dates the messages
   */
  public BrokerConnection(BrokerSettings settings, MessagingMetrics metrics, Clock clock) {
    this(settings, UnaryOperator.identity(), metrics, clock);
  }

  private BrokerConnection(
      BrokerSettings settings, UnaryOperator<URI> renewal, MessagingMetrics metrics, Clock clock) {
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.threads = new Threads(settings.connectionName());
    this.supervisor = new Supervisor(settings, renewal, metrics, threads);
    this.timer = threads.single("retries");
    supervisor.add(declarations);
  }

  /**
   * Begins to connect and returns at once; what is published or subscribed meanwhile waits.
   * Idempotent.
   */
  public void start() {
    supervisor.start();
  }

  /**
   * Waits for the broker.
   *
   * @throws BrokerUnavailableException if it cannot be reached in time; connecting goes on
   */
  public void awaitConnected(Duration timeout) {
    session(timeout);
  }

  /** What flows, and whether it can. */
  public BrokerHealth check() {
    List<QueueSubscription> now = List.copyOf(subscriptions);
    int consuming = (int) now.stream().filter(Subscription::consuming).count();
    int paused = (int) now.stream().filter(s -> s.paused() && !s.consuming()).count();
    return new BrokerHealth(
        supervisor.session().isPresent(),
        supervisor.blocked(),
        now.size(),
        consuming,
        paused,
        supervisor.problem());
  }

  /** The user that this process is to the broker. */
  public String user() {
    return settings.user();
  }

  /** What went through. */
  public MessagingMetrics metrics() {
    return metrics;
  }

  /** The exchanges and queues. */
  public Topology topology() {
    return topology;
  }

  /** The messages that could not be handled. */
  public DeadLetterQueue deadLetters() {
    return new DeadLetterQueue(this);
  }

  /** The publisher of this connection. */
  public synchronized Publisher publisher() {
    if (publisher == null) {
      if (closed) {
        throw new MessagingException("publishing: the connection is closed");
      }
      publisher = new ConfirmingPublisher(settings, clock, metrics, supervisor, threads);
      publisher.start();
    }
    return publisher;
  }

  /**
   * Consumes a queue, on a thread and a channel of its own, from now until it is closed; if the
   * queue is not there it is waited for, and {@link #check()} says so.
   *
   * @param prefetch messages that the broker sends ahead of their settling, 1 to 10,000
   */
  public Subscription subscribe(String queue, int prefetch, Handler handler) {
    return subscribe(queue, (session, channel) -> queue, prefetch, handler);
  }

  Subscription subscribe(
      String name, QueueSubscription.Source source, int prefetch, Handler handler) {
    DeadLetters deadLetters = new DeadLetters(this::publisher, timer, metrics);
    HandlerLoop loop =
        new HandlerLoop(name, settings, metrics, handler, deadLetters, timer, threads);
    QueueSubscription subscription =
        new QueueSubscription(
            name, source, prefetch, settings, loop, timer, supervisor, subscriptions::remove);
    synchronized (this) {
      if (closed) {
        throw new MessagingException("subscribing to " + name + ": the connection is closed");
      }
      subscriptions.add(subscription);
    }
    subscription.start();
    return subscription;
  }

  /** Declares now and on each connection to come. */
  void declare(String name, Declarations.Declaration declaration) {
    declarations.remember(name, declaration);
    Session session = session(settings.requestTimeout());
    try {
      Declarations.declare(session, declaration);
    } catch (IOException | RuntimeException e) {
      if (Errors.replyCode(e) == 0) {
        throw new BrokerUnavailableException(
            "declaring " + name + " on " + settings.broker() + ": " + Errors.brief(e), e);
      }
      declarations.forget(name);
      throw new MessagingException(
          "declaring %s on %s: the broker says: %s; delete what is there or give this user the right"
              .formatted(name, settings.broker(), Errors.brief(e)),
          e);
    }
  }

  void forget(String name) {
    declarations.forget(name);
  }

  <T> T request(String what, Session.ChannelTask<T> task) {
    try {
      return session(settings.requestTimeout()).onChannel(task);
    } catch (IOException | RuntimeException e) {
      if (e instanceof MessagingException known) {
        throw known;
      }
      String message = what + " on " + settings.broker() + ": " + Errors.brief(e);
      throw Errors.replyCode(e) == 0
          ? new BrokerUnavailableException(message, e)
          : new MessagingException(message, e);
    }
  }

  /**
   * Closes in the reverse order of opening: stops taking and drains, waits for confirms, closes the
   * connection. Takes at most {@link BrokerSettings#closeTimeout()} and 3 s more, also when the
   * broker does not answer. Idempotent.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // On a thread of its own, since each request to a silent broker takes its whole time limit.
    Thread closing = threads.named("close", this::drain);
    closing.start();
    try {
      closing.join(settings.closeTimeout().toMillis() + MARGIN_MILLIS);
      supervisor.close();
      closing.join(MARGIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      supervisor.close();
    }
  }

  /** A handler that hangs leaves a third of the time to the confirms. */
  private void drain() {
    long now = System.nanoTime();
    long allNanos = settings.closeTimeout().toNanos();
    List<QueueSubscription> latestFirst = new ArrayList<>(subscriptions);
    Collections.reverse(latestFirst);
    latestFirst.forEach(QueueSubscription::stopTaking);
    latestFirst.forEach(s -> s.drain(now + allNanos * 2 / 3));
    timer.shutdownNow();
    ConfirmingPublisher last;
    synchronized (this) {
      last = publisher;
    }
    if (last != null) {
      last.close(now + allNanos);
    }
  }

  private Session session(Duration timeout) {
    try {
      return supervisor
          .await(timeout)
          .orElseThrow(
              () ->
                  new BrokerUnavailableException(
                      ("no connection to %s within %d s: %s; start the broker, or say where it is"
                              + " with VIDTOMO_AMQP_URI")
                          .formatted(
                              settings.broker(),
                              timeout.toSeconds(),
                              supervisor.problem().orElse("not started or closed"))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException("interrupted while waiting for " + settings.broker(), e);
    }
  }
}
