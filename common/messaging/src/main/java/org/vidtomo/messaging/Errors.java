package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Optional;

/** What a broker said when it closed a channel, out of the client's nested exceptions. */
final class Errors {
  static final int ACCESS_REFUSED = AMQP.ACCESS_REFUSED;
  static final int NOT_FOUND = AMQP.NOT_FOUND;

  private Errors() {}

  /** The broker's own words if it closed a channel or connection, else the error's message. */
  static String brief(Throwable error) {
    return closeOf(error)
        .map(AMQP.Channel.Close::getReplyText)
        .orElseGet(() -> error.getMessage() == null ? error.toString() : error.getMessage());
  }

  /** The broker's reply code if it closed the channel, else 0. */
  static int replyCode(Throwable error) {
    return closeOf(error).map(AMQP.Channel.Close::getReplyCode).orElse(0);
  }

  private static Optional<AMQP.Channel.Close> closeOf(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof ShutdownSignalException signal) {
        Method reason = signal.getReason();
        if (reason instanceof AMQP.Channel.Close close) {
          return Optional.of(close);
        }
      }
    }
    return Optional.empty();
  }
}
