package org.vidtomo.bench;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Capabilities;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;

/**
 * Agents without a network: each takes from its own queue, one message at a time, and its outcome
 * is told at once, as the aggregator would. They share a few connections; each has a channel.
 */
final class SimulatedAgents implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int THREADS = 4;
  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI broker;
  private final BrokerConnection telling;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private final List<Connection> connections = new ArrayList<>();
  private final List<Agent> agents = new ArrayList<>();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong firstNanos = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong();
  private volatile Presence.Status status = Presence.Status.PAUSED;

  /**
   * An enrolled one.
   *
   * @param queue where its tasks come
   */
  record Agent(String id, String provider, String queue, SigningKey key) {}

  SimulatedAgents(URI broker) {
    this.broker = broker;
    this.telling = new BrokerConnection(BrokerSettings.of(broker, "bench-outcomes"));
    telling.start();
    telling.awaitConnected(PATIENCE);
  }

  /** They are heard of, as paused: tasks are planned for them, and none is given. */
  void appear(List<Agent> enrolled) throws Exception {
    agents.addAll(enrolled);
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    factory.setSharedExecutor(threads);
    factory.setAutomaticRecoveryEnabled(false);
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(factory.newConnection("bench-agents-" + i));
    }
    for (int i = 0; i < agents.size(); i++) {
      consume(agents.get(i), connections.get(i % CONNECTIONS));
    }
    agents.forEach(this::beat);
    long period = TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MILLIS) / agents.size();
    AtomicLong turn = new AtomicLong();
    heart.scheduleAtFixedRate(
        () -> beat(agents.get((int) (turn.getAndIncrement() % agents.size()))),
        period,
        period,
        TimeUnit.NANOSECONDS);
  }

  /** They take tasks from now on. */
  void work() {
    status = Presence.Status.ACTIVE;
    agents.forEach(this::beat);
  }

  /** Assignments that came. */
  long taken() {
    return taken.get();
  }

  /** From the first assignment to the last. */
  Duration handOut() {
    return Duration.ofNanos(lastNanos.get() - firstNanos.get());
  }

  /** The mean size of an assignment's body and headers. */
  int meanBytes() {
    return Math.toIntExact(bytes.get() / Math.max(1, taken.get()));
  }

  @Override
  public void close() {
    heart.shutdownNow();
    connections.forEach(Connection::abort);
    telling.close();
    threads.shutdownNow();
  }

  private void consume(Agent agent, Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    channel.basicQos(1);
    channel.basicConsume(
        agent.queue(), false, (tag, delivery) -> take(agent, channel, delivery), tag -> {});
  }

  private void take(Agent agent, Channel channel, Delivery delivery) throws IOException {
    long now = System.nanoTime();
    firstNanos.compareAndSet(0, now);
    lastNanos.set(now);
    taken.incrementAndGet();
    bytes.addAndGet(delivery.getBody().length + headerBytes(delivery));
    Assignment assignment;
    try {
      assignment = Wire.read(delivery.getBody(), Assignment.class);
    } catch (WireException e) {
      throw new IOException(e);
    }
    TaskOutcome told = outcome(agent, assignment);
    telling
        .publisher()
        .publish(
            OutgoingMessage.json(
                Topology.OUTCOMES, "", Wire.toBytes(told), Map.of(), told.reportId().toString()))
        .thenRun(() -> ack(channel, delivery.getEnvelope().getDeliveryTag()));
  }

  private static int headerBytes(Delivery delivery) {
    return delivery.getProperties().getHeaders().entrySet().stream()
        .mapToInt(header -> header.getKey().length() + header.getValue().toString().length())
        .sum();
  }

  private static void ack(Channel channel, long tag) {
    try {
      channel.basicAck(tag, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TaskOutcome outcome(Agent agent, Assignment assignment) {
    return new TaskOutcome(
        TaskOutcome.SCHEMA_VERSION,
        assignment.taskId(),
        assignment.attempt(),
        assignment.campaignId(),
        assignment.cycle(),
        assignment.round(),
        agent.id(),
        UUID.randomUUID(),
        Outcome.OK,
        Optional.empty(),
        assignment.url(),
        Optional.of(agent.provider()),
        assignment.scheduledAt(),
        Instant.now(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private void beat(Agent agent) {
    AgentInfo info =
        new AgentInfo(
            agent.id(),
            "bench/1",
            Optional.of(agent.provider()),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            "ipv4");
    Presence presence =
        new Presence(
            Presence.SCHEMA_VERSION,
            info,
            status,
            Instant.now(),
            List.copyOf(Capabilities.VERSION_1),
            Optional.empty(),
            OptionalLong.empty());
    SignedMessage signed = SignedMessage.sign(Wire.toBytes(presence), agent.key());
    telling
        .publisher()
        .tryPublish(
            OutgoingMessage.passingJson(
                Topology.PRESENCE,
                agent.id(),
                signed.body(),
                signed.headers(),
                UUID.randomUUID().toString()));
  }
}
