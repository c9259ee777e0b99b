package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.EOFException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What went wrong, out of the client's nested exceptions, which often have no message. */
final class Errors {
  static final int ACCESS_REFUSED = AMQP.ACCESS_REFUSED;
  static final int NOT_FOUND = AMQP.NOT_FOUND;

  private Errors() {}

  /** The broker's own words if it closed a channel or connection, else those of the first cause. */
  static String brief(Throwable error) {
    String words = error.toString();
    for (Throwable t = error; t != null; t = t.getCause()) {
      Optional<String> said = replyText(t);
      if (said.isPresent()) {
        return said.get();
      }
      if (t instanceof TimeoutException) {
        words = "no answer in time";
      } else if (t instanceof EOFException) {
        words = "the other side closed the connection";
      } else if (t.getMessage() != null && !(t instanceof ShutdownSignalException)) {
        words = t.getMessage();
      }
    }
    return words;
  }

  /** The broker's reply code if it closed the channel, else 0. */
  static int replyCode(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (reason(t).orElse(null) instanceof AMQP.Channel.Close close) {
        return close.getReplyCode();
      }
    }
    return 0;
  }

  private static Optional<String> replyText(Throwable error) {
    Method reason = reason(error).orElse(null);
    if (reason instanceof AMQP.Channel.Close close) {
      return Optional.of(close.getReplyText());
    }
    if (reason instanceof AMQP.Connection.Close close) {
      return Optional.of(close.getReplyText());
    }
    return Optional.empty();
  }

  private static Optional<Method> reason(Throwable error) {
    return error instanceof ShutdownSignalException signal
        ? Optional.ofNullable(signal.getReason())
        : Optional.empty();
  }
}
