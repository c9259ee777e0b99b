package org.vidtomo.bench;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.testkit.RabbitMq;

/**
 * Confirmed, mandatory, persistent publishing of 1 KiB messages to one durable queue: our publisher
 * beside the AMQP client used by hand with confirms for every 500, in turn on the same RabbitMQ.
 * With {@code --gate} our publisher through the gate before the embedded broker, beside the same
 * without the gate.
 */
public final class PublishBench {
  static final int MESSAGES = 20_000;
  static final int PAIRS = 5;
  private static final int CONFIRM_EVERY = 500;
  private static final String DEFAULT_EXCHANGE = "";
  private static final byte[] BODY = new byte[1024];
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private PublishBench() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--gate")) {
      GateBench.run();
    } else {
      besideTheBareClient();
    }
    System.exit(0);
  }

  private static void besideTheBareClient() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    String queue = "bench";
    double[] ours = new double[PAIRS];
    double[] bare = new double[PAIRS];
    double[] ratio = new double[PAIRS];
    try (BrokerConnection connection = new BrokerConnection(BrokerSettings.of(broker, "bench"))) {
      connection.start();
      connection.awaitConnected(PATIENCE);
      emptied(broker, queue);
      published(connection, DEFAULT_EXCHANGE, queue);
      bare(broker, queue);
      for (int pair = 0; pair < PAIRS; pair++) {
        emptied(broker, queue);
        ours[pair] = published(connection, DEFAULT_EXCHANGE, queue);
        emptied(broker, queue);
        bare[pair] = bare(broker, queue);
        ratio[pair] = ours[pair] / bare[pair];
      }
    }
    say("publish", "bare client", ours, bare, ratio);
  }

  static void say(String what, String beside, double[] ours, double[] theirs, double[] ratio) {
    Say.say("%s, %d messages of 1 KiB, %d pairs (median, min–max)", what, MESSAGES, PAIRS);
    Say.say("  %-12s %s messages/s", "ours", spread(ours, "%.0f"));
    Say.say("  %-12s %s messages/s", beside, spread(theirs, "%.0f"));
    Say.say("  %-12s %s", "ratio", spread(ratio, "%.2f"));
  }

  /** A durable queue without bounds, with nothing in it. */
  private static void emptied(URI broker, String queue) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(queue, true, false, false, Map.of());
      channel.queuePurge(queue);
    }
  }

  /** Messages a second, all confirmed. */
  static double published(BrokerConnection connection, String exchange, String key) {
    long start = System.nanoTime();
    List<CompletableFuture<Void>> confirms = new ArrayList<>(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      confirms.add(
          connection
              .publisher()
              .publish(OutgoingMessage.json(exchange, key, BODY, Map.of(), Integer.toString(i))));
    }
    confirms.forEach(CompletableFuture::join);
    return perSecond(start);
  }

  private static double bare(URI broker, String queue) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      long start = System.nanoTime();
      for (int i = 1; i <= MESSAGES; i++) {
        channel.basicPublish(
            DEFAULT_EXCHANGE, queue, true, MessageProperties.PERSISTENT_BASIC, BODY);
        if (i % CONFIRM_EVERY == 0) {
          channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        }
      }
      return perSecond(start);
    }
  }

  private static double perSecond(long startNanos) {
    return MESSAGES * 1e9 / (System.nanoTime() - startNanos);
  }

  private static String spread(double[] values, String format) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    String each = format + ", " + format + "–" + format;
    return String.format(
        Locale.ROOT, each, sorted[PAIRS / 2], sorted[0], sorted[sorted.length - 1]);
  }
}
