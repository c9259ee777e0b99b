package org.vidtomo.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * One open connection, until it breaks.
 *
 * @param connection the client's connection, without its automatic recovery
 * @param flavour which broker it is
 * @param user the user's name, for the messages' user-id, which RabbitMQ validates
 * @param number counts the connections of this process, from 1
 */
record Session(Connection connection, BrokerFlavour flavour, String user, long number) {
  /** Does something on a channel of its own. */
  interface ChannelTask<T> {
    T run(Channel channel) throws IOException;
  }

  Channel openChannel() throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("opening a channel: the connection has no channel number left");
    }
    return channel;
  }

  <T> T onChannel(ChannelTask<T> task) throws IOException {
    Channel channel = openChannel();
    try {
      return task.run(channel);
    } finally {
      closeQuietly(channel);
    }
  }

  /** Whether the broker tells a consumer that its queue was deleted; Qpid does not. */
  boolean tellsCancelled() {
    return connection.getServerProperties().get("capabilities") instanceof Map<?, ?> capabilities
        && Boolean.TRUE.equals(capabilities.get("consumer_cancel_notify"));
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  static void closeQuietly(Channel channel) {
    try {
      if (channel.isOpen()) {
        channel.close();
      }
    } catch (IOException | TimeoutException | RuntimeException e) {
      // It is closed or its connection is broken: nothing is left to do.
    }
  }
}
