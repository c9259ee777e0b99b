package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel in confirm mode, and what was sent on it and not confirmed. Written by one thread;
 * the broker's answers come on the client's thread.
 */
final class PublishChannel {
  /** Hears the broker's answers. */
  interface Answers {
    void confirmed(Outstanding outstanding);

    void refused(Outstanding outstanding);

    void returned(long id, int code, String reason);
  }

  private static final Logger LOG = LoggerFactory.getLogger(PublishChannel.class);
  private static final int PERSISTENT = 2;
  private static final int TRANSIENT = 1;

  private final Session session;
  private final Channel channel;
  private final Answers answers;
  private final ConcurrentNavigableMap<Long, Outstanding> sent = new ConcurrentSkipListMap<>();

  private PublishChannel(Session session, Channel channel, Answers answers) {
    this.session = session;
    this.channel = channel;
    this.answers = answers;
  }

  static PublishChannel open(Session session, Answers answers) throws IOException {
    Channel channel = session.openChannel();
    PublishChannel opened = new PublishChannel(session, channel, answers);
    channel.confirmSelect();
    channel.addConfirmListener(
        (tag, multiple) -> opened.answered(tag, multiple, answers::confirmed),
        (tag, multiple) -> opened.answered(tag, multiple, answers::refused));
    channel.addReturnListener(opened::handBack);
    return opened;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  Session session() {
    return session;
  }

  /** Why it was closed, once it is. */
  Optional<ShutdownSignalException> closeReason() {
    return Optional.ofNullable(channel.getCloseReason());
  }

  /**
   * Sends one message; if the channel breaks under it, it is among the unanswered.
   *
   * @throws RuntimeException if the client cannot encode the message; the channel is closed, since
   *     its numbering of messages is no longer known
   */
  void send(Outstanding outstanding, Instant now) {
    OutgoingMessage message = outstanding.message;
    long tag = channel.getNextPublishSeqNo();
    sent.put(tag, outstanding);
    try {
      channel.basicPublish(
          message.exchange(),
          message.routingKey(),
          message.mandatory(),
          properties(outstanding, now),
          message.body());
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("Publishing on a broken channel: message={}", message, e);
      close();
    } catch (RuntimeException e) {
      sent.remove(tag);
      close();
      throw e;
    }
  }

  /** Takes out what was sent and not answered, oldest first. Only once the channel is closed. */
  List<Outstanding> unanswered() {
    List<Outstanding> taken = new ArrayList<>();
    for (Map.Entry<Long, Outstanding> e = sent.pollFirstEntry();
        e != null;
        e = sent.pollFirstEntry()) {
      taken.add(e.getValue());
    }
    return taken;
  }

  void close() {
    try {
      channel.abort();
    } catch (IOException | RuntimeException e) {
      LOG.debug("Aborting a publishing channel", e);
    }
  }

  private void answered(long tag, boolean multiple, Consumer<Outstanding> answer) {
    if (!multiple) {
      Outstanding one = sent.remove(tag);
      if (one != null) {
        answer.accept(one);
      }
      return;
    }
    for (Long upTo : sent.headMap(tag, true).keySet()) {
      Outstanding one = sent.remove(upTo);
      if (one != null) {
        answer.accept(one);
      }
    }
  }

  private void handBack(Return handedBack) {
    try {
      long id = Long.parseLong(String.valueOf(handedBack.getProperties().getCorrelationId()));
      answers.returned(id, handedBack.getReplyCode(), handedBack.getReplyText());
    } catch (NumberFormatException e) {
      LOG.debug(
          "A returned message without our correlation id: key={}", handedBack.getRoutingKey());
    }
  }

  /** The correlation id is ours alone: a returned message carries no delivery tag. */
  private BasicProperties properties(Outstanding outstanding, Instant now) {
    OutgoingMessage message = outstanding.message;
    return new BasicProperties.Builder()
        .headers(Map.copyOf(message.headers()))
        .messageId(message.messageId())
        .correlationId(Long.toString(outstanding.id))
        .contentType(message.contentType())
        .deliveryMode(message.persistent() ? PERSISTENT : TRANSIENT)
        .timestamp(Date.from(now))
        .userId(session.user())
        .build();
  }
}
