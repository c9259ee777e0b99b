package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer on a channel of its own: Qpid counts the prefetch per channel. */
final class QueueSubscription implements Subscription, Supervisor.Piece {
  /** Says which queue to consume, after making it if it belongs to the connection. */
  interface Source {
    String queue(Session session, Channel channel) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(QueueSubscription.class);

  private final Source source;
  private final int prefetch;
  private final BrokerSettings settings;
  private final HandlerLoop loop;
  private final Supervisor supervisor;
  private final Consumer<QueueSubscription> onClose;

  private final Object lock = new Object();
  private volatile String queue;
  private volatile Line line;
  private volatile boolean paused;
  private volatile boolean closed;

  QueueSubscription(
      String queue,
      Source source,
      int prefetch,
      BrokerSettings settings,
      HandlerLoop loop,
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
        Line opened = new Line(session, channel, queue);
        if (!paused) {
          opened.consume();
        }
        line = opened;
        channel.addShutdownListener(cause -> supervisor.reattachAfter(cause, this, session));
      } catch (IOException | RuntimeException e) {
        Session.closeQuietly(channel);
        throw e;
      }
    }
  }

  @Override
  public void probe(Session session) throws IOException {
    Line now = line;
    if (now == null || now.session != session || !consuming()) {
      return;
    }
    String asked = now.name;
    int consumers = 0;
    try {
      consumers = session.onChannel(c -> c.queueDeclarePassive(asked)).getConsumerCount();
    } catch (IOException e) {
      if (Errors.replyCode(e) != Errors.NOT_FOUND) {
        throw e;
      }
    }
    if (consumers == 0 && now == line && now.consuming) {
      now.ended();
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
      Line now = line;
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
      Line now = line;
      if (now != null && now.channel.isOpen()) {
        try {
          now.consume();
        } catch (IOException | RuntimeException e) {
          LOG.debug("Resuming failed, attaching again: queue={}", queue, e);
          supervisor.reattach(this, now.session);
        }
      }
    }
    LOG.info("Consuming is resumed: queue={}", queue);
  }

  @Override
  public boolean consuming() {
    Line now = line;
    return now != null && now.consuming && now.channel.isOpen();
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
      Line now = line;
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
      closeLine();
    }
    onClose.accept(this);
  }

  private void closeLine() {
    Line now = line;
    line = null;
    if (now != null) {
      Session.closeQuietly(now.channel);
    }
  }

  /** The consumer on one channel. */
  private final class Line {
    private final Session session;
    private final Channel channel;
    private final String name;
    private String tag = "";
    private volatile boolean consuming;

    Line(Session session, Channel channel, String name) {
      this.session = session;
      this.channel = channel;
      this.name = name;
    }

    void consume() throws IOException {
      consuming = true;
      tag =
          channel.basicConsume(
              name,
              false,
              new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                    String consumerTag,
                    Envelope envelope,
                    BasicProperties properties,
                    byte[] body) {
                  loop.add(new ConsumedDelivery(channel, name, envelope, properties, body, loop));
                }

                @Override
                public void handleCancel(String consumerTag) {
                  ended();
                }
              });
    }

    void ended() {
      consuming = false;
      LOG.warn("The broker ended consuming, trying on: queue={}", name);
      supervisor.reattach(QueueSubscription.this, session);
    }

    void cancel() {
      if (!consuming || !channel.isOpen()) {
        return;
      }
      consuming = false;
      try {
        channel.basicCancel(tag);
      } catch (IOException | AlreadyClosedException e) {
        LOG.debug("Cancelling on a broken channel: queue={}", name, e);
      }
    }
  }
}
