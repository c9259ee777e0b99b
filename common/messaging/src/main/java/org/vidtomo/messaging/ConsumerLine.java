package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer on one channel, until that channel closes. */
final class ConsumerLine {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLine.class);

  private final Session session;
  private final Channel channel;
  private final Acknowledgements acknowledgements;
  private final String queue;
  private final HandlerLoop loop;
  private final Runnable onEnded;
  private String tag = "";
  private volatile boolean consuming;

  ConsumerLine(
      Session session,
      Channel channel,
      Acknowledgements acknowledgements,
      String queue,
      HandlerLoop loop,
      Runnable onEnded) {
    this.session = session;
    this.channel = channel;
    this.acknowledgements = acknowledgements;
    this.queue = queue;
    this.loop = loop;
    this.onEnded = onEnded;
  }

  Session session() {
    return session;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean consuming() {
    return consuming && channel.isOpen();
  }

  void consume() throws IOException {
    consuming = true;
    tag =
        channel.basicConsume(
            queue,
            false,
            new DefaultConsumer(channel) {
              @Override
              public void handleDelivery(
                  String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
                acknowledgements.delivered(envelope.getDeliveryTag());
                loop.add(
                    new ConsumedDelivery(
                        acknowledgements, queue, envelope, properties, body, loop));
              }

              @Override
              public void handleCancel(String consumerTag) {
                ended();
              }
            });
  }

  void cancel() {
    if (!consuming()) {
      return;
    }
    consuming = false;
    try {
      channel.basicCancel(tag);
    } catch (IOException | RuntimeException e) {
      LOG.debug("Cancelling on a broken channel: queue={}", queue, e);
    }
  }

  /** Else it would fill up until the connection ends. */
  void deleteQueue() {
    acknowledgements.close();
    try {
      channel.queueDelete(queue);
    } catch (IOException | RuntimeException e) {
      LOG.debug("Deleting a listener's queue failed, it goes with the connection: {}", queue, e);
    }
  }

  void close() {
    acknowledgements.close();
    Session.closeQuietly(channel);
  }

  /** Asks for the queue's consumers, since Qpid does not tell when it deleted a queue. */
  void probe() throws IOException {
    int consumers = 0;
    try {
      consumers = session.onChannel(c -> c.queueDeclarePassive(queue)).getConsumerCount();
    } catch (IOException e) {
      if (Errors.replyCode(e) != Errors.NOT_FOUND) {
        throw e;
      }
    }
    if (consumers == 0 && consuming()) {
      ended();
    }
  }

  private void ended() {
    consuming = false;
    LOG.warn("The broker ended consuming, trying on: queue={}", queue);
    onEnded.run();
  }
}
