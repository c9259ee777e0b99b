package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a broker for one who wants to know what is wrong with it, and leaves nothing behind:
 * what is published is rolled back, what is declared is deleted, what is taken goes back. One
 * connection; used by one thread at a time.
 */
public final class BrokerProbe implements AutoCloseable {
  private static final int CLOSE_MILLIS = 1_000;

  /** Goes by itself should this process be killed in between. */
  private static final int LEFT_BEHIND_MILLIS = 60_000;

  private static final int SMALL_BYTES = 1 << 20;

  /** Others come first: a running consumer's messages are not taken away from it. */
  private static final int LAST_OF_ALL = -100;

  private static final Pattern SIZE_LIMIT = Pattern.compile("max size:? (\\d{1,18})");

  private final BrokerSettings settings;
  private final ExecutorService dispatch;
  private final Session session;

  private BrokerProbe(BrokerSettings settings, ExecutorService dispatch, Session session) {
    this.settings = settings;
    this.dispatch = dispatch;
    this.session = session;
  }

  /**
   * Which broker it is.
   *
   * @param product as it calls itself
   */
  public record Server(String product, String version, BrokerFlavour flavour) {}

  /**
   * Connects, once.
   *
   * @throws BrokerUnavailableException when the broker cannot be reached or refuses the user; the
   *     message says which
   */
  public static BrokerProbe open(BrokerSettings settings) {
    Threads threads = new Threads(settings.connectionName());
    ExecutorService dispatch = Executors.newSingleThreadExecutor(threads.factory("dispatch"));
    try {
      Session session = new SessionOpener(settings, threads.factory("amqp")).open(dispatch);
      return new BrokerProbe(settings, dispatch, session);
    } catch (IOException | TimeoutException e) {
      dispatch.shutdownNow();
      throw new BrokerUnavailableException(
          "connecting to " + settings.broker() + ": " + Errors.brief(e), e);
    }
  }

  /** Which broker answers. */
  public Server server() {
    Map<String, Object> said = session.connection().getServerProperties();
    return new Server(
        String.valueOf(said.getOrDefault("product", "a broker without a name")),
        String.valueOf(said.getOrDefault("version", "unknown")),
        session.flavour());
  }

  /**
   * Exchanges and queues that all share and that are not there.
   *
   * @throws MessagingException when the broker does not say
   */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (String exchange : Topology.SHARED_EXCHANGES) {
      missing(exchange, channel -> channel.exchangeDeclarePassive(exchange))
          .ifPresent(missing::add);
    }
    for (String queue : Topology.SHARED_QUEUES) {
      missing(queue, channel -> channel.queueDeclarePassive(queue)).ifPresent(missing::add);
    }
    return missing;
  }

  private Optional<String> missing(String name, Session.ChannelTask<Object> ask) {
    try {
      session.onChannel(ask);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      if (Errors.replyCode(e) == Errors.NOT_FOUND) {
        return Optional.of(name);
      }
      throw refused("looking for " + name, e);
    }
  }

  /**
   * Declares what all share once more, which changes nothing. Only when nothing is {@link
   * #missing}.
   *
   * @throws MessagingException when this user may not, or something is there with other arguments
   */
  public void declareAgain() {
    run(
        "declaring exchanges and queues",
        channel -> {
          Topology.declareShared(channel, session.flavour());
          return true;
        });
  }

  /**
   * Makes a queue as reports are kept in, and deletes it.
   *
   * @throws MessagingException when this user may not, or the broker has no such queues
   */
  public void declareAndDelete() {
    String queue = "vidtomo.doctor." + UUID.randomUUID();
    run(
        "declaring a queue as reports are kept in",
        channel -> {
          channel.queueDeclare(
              queue,
              true,
              false,
              false,
              session.flavour().passing(SMALL_BYTES, LEFT_BEHIND_MILLIS));
          return channel.queueDelete(queue);
        });
  }

  /**
   * Publishes a message and takes it back before anyone gets it.
   *
   * @throws MessagingException when this user may not, or there is no such exchange
   */
  public void publish(String exchange, String routingKey) {
    run(
        "publishing to " + exchange + " with key " + routingKey,
        channel -> publishAndRollBack(channel, exchange, routingKey, new byte[0]));
  }

  /**
   * Consumes a queue for a moment, last of all its consumers; a message that comes goes back.
   *
   * @return the messages that wait in it
   * @throws MessagingException when this user may not, or there is no such queue
   */
  public long consume(String queue) {
    return run(
        "consuming " + queue,
        channel -> {
          channel.basicQos(1);
          long waiting = channel.queueDeclarePassive(queue).getMessageCount();
          Map<String, Object> arguments = Map.of("x-priority", LAST_OF_ALL);
          String tag =
              channel.basicConsume(
                  queue, false, "", false, false, arguments, new DefaultConsumer(channel));
          channel.basicCancel(tag);
          return waiting;
        });
  }

  /**
   * The largest message that RabbitMQ takes, as far as it is below what is asked.
   *
   * @param bytes sent once and rolled back
   * @return empty if so many bytes are taken
   * @throws MessagingException when it cannot be tried
   */
  public OptionalLong messageLimitBelow(int bytes) {
    try {
      session.onChannel(
          channel -> publishAndRollBack(channel, Topology.REPORTS, "doctor.size", new byte[bytes]));
      return OptionalLong.empty();
    } catch (IOException | RuntimeException e) {
      Matcher limit = SIZE_LIMIT.matcher(Errors.brief(e));
      if (limit.find()) {
        return OptionalLong.of(Long.parseLong(limit.group(1)));
      }
      throw refused("publishing a message of " + bytes + " bytes", e);
    }
  }

  /** The rights and the size are checked when the message comes, whether it is committed or not. */
  private boolean publishAndRollBack(
      Channel channel, String exchange, String routingKey, byte[] body) throws IOException {
    channel.txSelect();
    channel.basicPublish(
        exchange, routingKey, new BasicProperties.Builder().userId(session.user()).build(), body);
    channel.txRollback();
    return true;
  }

  private <T> T run(String what, Session.ChannelTask<T> task) {
    try {
      return session.onChannel(task);
    } catch (IOException | RuntimeException e) {
      throw refused(what, e);
    }
  }

  private MessagingException refused(String what, Exception e) {
    String message = what + " on " + settings.broker() + ": " + Errors.brief(e);
    return Errors.replyCode(e) == 0
        ? new BrokerUnavailableException(message, e)
        : new MessagingException(message, e);
  }

  @Override
  public void close() {
    session.connection().abort(CLOSE_MILLIS);
    dispatch.shutdownNow();
  }
}
