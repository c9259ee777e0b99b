package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.testkit.RabbitMq;

/**
 * Messages of an agent whose headers are of all types and depths, as bytes, straight to a real
 * RabbitMQ: whatever that lets through, consumers keep their connections.
 */
@Timeout(180)
class HostileHeadersTest {
  private static final Logger LOG = LoggerFactory.getLogger(HostileHeadersTest.class);
  private static final int[] VALUE_BYTES = {0, 1, 2, 4, 5, 8};
  private static final int[] DEPTHS = {1, 31, 32, 33, 34, 100, 1_000, 5_000};

  private final String agent = "a-" + UUID.randomUUID();
  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final Set<String> good = ConcurrentHashMap.newKeySet();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final RabbitMqAdmin admin =
      new RabbitMqAdmin(RabbitMq.shared().managementUri(), broker, Optional.empty());
  private BrokerConnection consumer;
  private BrokerConnection publisher;
  private URI way;

  @BeforeEach
  void consume() throws Exception {
    consumer = new BrokerConnection(BrokerSettings.of(broker, "consumer"));
    consumer.start();
    consumer.topology().declareShared();
    publisher = new BrokerConnection(BrokerSettings.of(broker, "publisher"));
    publisher.start();
    consumer.subscribe(Topology.REPORTS_INGEST, 10, this::take);
    consumer.topology().subscribePresence(10, this::take);
    way = admin.provision(agent, Topology.newAgentQueue());
  }

  private void take(Delivery delivery) {
    delivery.userId().ifPresent(users::add);
    String body = new String(delivery.body(), UTF_8);
    if (body.startsWith("good")) {
      good.add(body);
    }
    delivery.headers();
    if (body.equals("bad")) {
      delivery.poison("bad");
    } else {
      delivery.ack();
    }
  }

  @AfterEach
  void close() {
    admin.remove(agent);
    publisher.close();
    consumer.close();
  }

  @Test
  void headersOfAnyTypeAndDepth_endNoConsumersConnection() throws Exception {
    int passed = 0;
    List<byte[]> tables = tables();
    for (byte[] table : tables) {
      passed += send(Topology.REPORTS, Topology.reportKey(agent, "ok"), table) ? 1 : 0;
      passed += send(Topology.PRESENCE, agent, table) ? 1 : 0;
    }
    LOG.info("headers: sent={} passed={}", 2 * tables.size(), passed);
    assertThat(passed).isGreaterThan(20);

    for (int i = 0; i < 10; i++) {
      publisher
          .publisher()
          .publishAndWait(
              OutgoingMessage.json(
                  Topology.REPORTS, "other.ok", bytes("good " + i), Map.of(), "id-" + i),
              SOON);
    }
    await().atMost(SOON).until(() -> good.size() == 10);
    assertThat(users).as("who sends such stays known").contains(agent);
    assertThat(consumer.metrics().connections()).isEqualTo(1);
    await()
        .atMost(SOON)
        .until(
            () ->
                consumer.topology().messageCount(Topology.REPORTS_INGEST).orElseThrow() == 0
                    && consumer.topology().messageCount(Topology.DEAD).orElseThrow() > 10);
    consumer.deadLetters().visit(1_000_000, letter -> DeadLetterQueue.Decision.DROP);
    assertThat(consumer.metrics().connections()).isEqualTo(1);
  }

  private static List<byte[]> tables() {
    List<byte[]> tables = new ArrayList<>();
    for (int type = 0; type < 256; type++) {
      for (int size : VALUE_BYTES) {
        if (Character.isLetter(type) && type < 128 || size == 4) {
          tables.add(entry(type, new byte[size]));
        }
      }
    }
    for (int depth : DEPTHS) {
      byte[] table = entry('V', new byte[0]);
      byte[] array = sized('V', new byte[0]);
      for (int i = 0; i < depth; i++) {
        table = entry('F', table);
        array = sized('A', array);
      }
      tables.add(table);
      tables.add(
          ByteBuffer.allocate(2 + array.length).put((byte) 1).put((byte) 'a').put(array).array());
    }
    return tables;
  }

  /** A table of one value, without its own size. */
  private static byte[] entry(int type, byte[] value) {
    byte[] typed = type == 'F' ? sized(type, value) : plain(type, value);
    return ByteBuffer.allocate(2 + typed.length).put((byte) 1).put((byte) 'a').put(typed).array();
  }

  private static byte[] plain(int type, byte[] value) {
    return ByteBuffer.allocate(1 + value.length).put((byte) type).put(value).array();
  }

  private static byte[] sized(int type, byte[] value) {
    if (type == 'V') {
      return plain(type, value);
    }
    return ByteBuffer.allocate(5 + value.length)
        .put((byte) type)
        .putInt(value.length)
        .put(value)
        .array();
  }

  /** Whether the broker took it. */
  private boolean send(String exchange, String key, byte[] table) throws Exception {
    ConnectionFactory factory = new Crafting(properties(table));
    factory.setUri(way);
    factory.setAutomaticRecoveryEnabled(false);
    Connection connection = factory.newConnection("attacker");
    try {
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      channel.basicPublish(exchange, key, new BasicProperties(), bytes("bad"));
      return channel.waitForConfirms(SOON.toMillis());
    } catch (IOException | ShutdownSignalException | TimeoutException e) {
      return false;
    } finally {
      connection.abort();
    }
  }

  /** A content header: these headers and the user-id. */
  private byte[] properties(byte[] table) {
    byte[] user = agent.getBytes(UTF_8);
    return ByteBuffer.allocate(14 + 4 + table.length + 1 + user.length)
        .putShort((short) 60)
        .putShort((short) 0)
        .putLong("bad".length())
        .putShort((short) (1 << 13 | 1 << 4))
        .putInt(table.length)
        .put(table)
        .put((byte) user.length)
        .put(user)
        .array();
  }

  /** Sends these instead of the properties that it is told to. */
  private static final class Crafting extends ConnectionFactory {
    private final byte[] header;

    Crafting(byte[] header) {
      this.header = header;
    }

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
      FrameHandlerFactory usual = super.createFrameHandlerFactory();
      return (address, name) ->
          new ReadableFrames(usual.create(address, name)) {
            @Override
            public void writeFrame(Frame frame) throws IOException {
              Frame sent = frame;
              if (frame.getType() == AMQP.FRAME_HEADER) {
                sent = new Frame(AMQP.FRAME_HEADER, frame.getChannel());
                sent.getOutputStream().write(header);
              }
              super.writeFrame(sent);
            }
          };
    }
  }
}
