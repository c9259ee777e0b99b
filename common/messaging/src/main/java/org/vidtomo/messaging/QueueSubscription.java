package org.vidtomo.messaging;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer on a channel of its own: Qpid counts the prefetch per channel. */
final class QueueSubscription implements Subscription, Piece {
  /** Says which queue to consume, after making it if it belongs to the connection. */
  interface Source {
    String queue(Session session, Channel channel) throws IOException;

    /** Whether the queue is this subscription's alone, and goes with it. */
    default boolean isOwn() {
      return false;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(QueueSubscription.class);

  private final Source source;
  private final int prefetch;
  private final BrokerSettings settings;
  private final HandlerLoop loop;
  private final ScheduledExecutorService timer;
  private final Supervisor supervisor;
  private final Consumer<QueueSubscription> onClose;

  private final Object lock = new Object();
  private volatile String queue;
  private volatile ConsumerLine line;
  private volatile boolean paused;
  private volatile boolean closed;

  QueueSubscription(
      String queue,
      Source source,
      int prefetch,
      BrokerSettings settings,
      HandlerLoop loop,
      ScheduledExecutorService timer,
      Supervisor supervisor,
      Consumer<QueueSubscription> onClose) {
    if (prefetch < 1 || prefetch > 10_000) {
      throw new IllegalArgumentException("prefetch must be 1 to 10000, is " + prefetch);
    }
    this.queue = queue;
    this.source = source;
    this.prefetch = prefetch;
    this.settings = settings;
    this.loop = loop;
    this.timer = timer;
    this.supervisor = supervisor;
    this.onClose = onClose;
  }

  void start() {
    loop.start();
    supervisor.add(this);
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public void attach(Session session) throws IOException {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closeLine();
      Channel channel = session.openChannel();
      try {
        queue = source.queue(session, channel);
        channel.basicQos(prefetch);
        Runnable again = () -> supervisor.reattach(this, session);
        ConsumerLine opened =
            new ConsumerLine(
                session,
                channel,
                new Acknowledgements(channel, prefetch, timer),
                queue,
                loop,
                again);
        if (!paused) {
          opened.consume();
        }
        line = opened;
        channel.addShutdownListener(
            cause -> {
              if (!cause.isInitiatedByApplication()) {
                again.run();
              }
            });
      } catch (IOException | RuntimeException e) {
        Session.closeQuietly(channel);
        throw e;
      }
    }
  }

  @Override
  public void probe(Session session) throws IOException {
    ConsumerLine now = line;
    if (now != null && now.session() == session && now.consuming()) {
      now.probe();
    }
  }

  @Override
  public String describe() {
    return "consuming " + queue;
  }

  @Override
  public void pause() {
    synchronized (lock) {
      if (paused || closed) {
        return;
      }
      paused = true;
      loop.pause(true);
      ConsumerLine now = line;
      if (now != null) {
        now.cancel();
      }
    }
    LOG.info("Consuming is paused: queue={}", queue);
  }

  @Override
  public void resume() {
    synchronized (lock) {
      if (!paused || closed) {
        return;
      }
      paused = false;
      loop.pause(false);
      ConsumerLine now = line;
      if (now != null && now.isOpen()) {
        try {
          now.consume();
        } catch (IOException | RuntimeException e) {
          LOG.debug("Resuming failed, attaching again: queue={}", queue, e);
          supervisor.reattach(this, now.session());
        }
      }
    }
    LOG.info("Consuming is resumed: queue={}", queue);
  }

  @Override
  public boolean consuming() {
    ConsumerLine now = line;
    return now != null && now.consuming();
  }

  @Override
  public boolean paused() {
    return paused;
  }

  @Override
  public int inFlight() {
    return loop.inFlight();
  }

  @Override
  public void close() {
    stopTaking();
    drain(System.nanoTime() + settings.closeTimeout().toNanos());
  }

  /** The first half of closing, so that several subscriptions drain at the same time. */
  void stopTaking() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      loop.stop();
      supervisor.remove(this);
      ConsumerLine now = line;
      if (now != null) {
        now.cancel();
      }
    }
  }

  void drain(long deadlineNanos) {
    try {
      loop.drain(deadlineNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      if (line != null && source.isOwn()) {
        line.deleteQueue();
      }
      closeLine();
    }
    onClose.accept(this);
  }

  private void closeLine() {
    ConsumerLine now = line;
    line = null;
    if (now != null) {
      now.close();
    }
  }
}
