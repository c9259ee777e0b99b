package org.vidtomo.coordinator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vidtomo.coordinator.enrol.EnrolRequest;
import org.vidtomo.coordinator.enrol.Enrolled;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.messaging.Topology;

/**
 * An agent without a network: verifies what it is told to do as real ones must, and has its
 * outcomes told as the aggregator would.
 */
final class ScriptedAgent {
  private final SigningKey key = SigningKey.generate();
  private final Enrolled enrolled;
  private final String provider;
  private final BrokerConnection broker;
  private final BrokerConnection aggregator;
  private final Queue<Assignment> taken = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private volatile Optional<UUID> running = Optional.empty();
  private volatile Presence.Status status = Presence.Status.ACTIVE;
  private volatile BiConsumer<Assignment, Delivery> script = this::measure;
  private volatile Consumer<ObjectNode> manner = heartbeat -> {};
  private volatile Function<Assignment, List<String>> links = assignment -> List.of();
  private Subscription tasks;

  ScriptedAgent(TestSystem system, String provider) throws Exception {
    this.provider = provider;
    String invite =
        system
            .coordinator()
            .enrolment()
            .invites()
            .create(1, Duration.ofHours(1), Optional.of(provider))
            .token();
    enrolled =
        system
            .coordinator()
            .enrolment()
            .enrol(
                new EnrolRequest(
                    Optional.of(invite),
                    Optional.of(key.publicKey().encoded()),
                    Optional.empty(),
                    Optional.of("test/1"),
                    Optional.empty()));
    aggregator = system.aggregator();
    broker = new BrokerConnection(BrokerSettings.of(enrolled.brokerUri(), enrolled.agentId()));
    broker.start();
    broker.awaitConnected(Duration.ofSeconds(20));
    heart.scheduleWithFixedDelay(this::beat, 0, 300, TimeUnit.MILLISECONDS);
  }

  String id() {
    return enrolled.agentId();
  }

  Enrolled enrolled() {
    return enrolled;
  }

  SigningKey key() {
    return key;
  }

  BrokerConnection broker() {
    return broker;
  }

  List<Assignment> taken() {
    return List.copyOf(taken);
  }

  /** What it does with an assignment from now on, instead of measuring and acking at once. */
  ScriptedAgent does(BiConsumer<Assignment, Delivery> newScript) {
    script = newScript;
    return this;
  }

  /** What it finds linked on a page from now on. */
  ScriptedAgent finds(Function<Assignment, List<String>> newLinks) {
    links = newLinks;
    return this;
  }

  /** How its heartbeats differ from those of this version, from now on. */
  ScriptedAgent speaks(Consumer<ObjectNode> newManner) {
    manner = newManner;
    beat();
    return this;
  }

  /** Begins to take tasks. */
  ScriptedAgent works() {
    tasks = broker.subscribe(enrolled.queue(), 1, this::handle);
    return this;
  }

  /** It is gone: no heartbeat, and what it had not acked goes back to its queue. */
  void dies() {
    heart.shutdownNow();
    broker.close();
  }

  /** Its heartbeats say so from now on. */
  void is(Presence.Status now) {
    status = now;
    beat();
  }

  /** Says good-bye, and gives back what it had not acked. */
  void leaves() {
    running = Optional.empty();
    is(Presence.Status.LEAVING);
    dies();
  }

  void measure(Assignment assignment, Delivery delivery) {
    tellOutcome(assignment, Outcome.OK);
    delivery.ack();
  }

  /** Says by heartbeat that it measures this. */
  void runs(Assignment assignment) {
    running = Optional.of(assignment.taskId());
    beat();
  }

  TaskOutcome tellOutcome(Assignment assignment, Outcome outcome) {
    return tellOutcome(assignment, outcome, UUID.randomUUID());
  }

  TaskOutcome tellOutcome(Assignment assignment, Outcome outcome, UUID reportId) {
    TaskOutcome told = outcome(assignment, outcome, reportId);
    aggregator
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(
                Topology.OUTCOMES, "", Wire.toBytes(told), Map.of(), reportId.toString()),
            Duration.ofSeconds(20));
    return told;
  }

  /** What the aggregator would tell. */
  TaskOutcome outcome(Assignment assignment, Outcome outcome, UUID reportId) {
    return new TaskOutcome(
        TaskOutcome.SCHEMA_VERSION,
        assignment.taskId(),
        assignment.attempt(),
        assignment.campaignId(),
        assignment.cycle(),
        assignment.round(),
        id(),
        reportId,
        outcome,
        Optional.empty(),
        assignment.url(),
        Optional.of(provider),
        assignment.scheduledAt(),
        Instant.now(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        links.apply(assignment));
  }

  private void handle(Delivery delivery) throws Exception {
    SignedMessage message = SignedMessage.of(delivery.body(), delivery.headers());
    VerifyingKey coordinator =
        KeyCertificate.verify(
            delivery.headers().get(KeyCertificate.HEADER),
            KeyCertificate.COORDINATOR,
            VerifyingKey.decode(enrolled.rootKey()),
            Instant.now());
    Assignment assignment = Wire.read(message.verify(coordinator), Assignment.class);
    if (!assignment.agentId().equals(id())) {
      throw new IllegalStateException("an assignment for " + assignment.agentId());
    }
    taken.add(assignment);
    script.accept(assignment, delivery);
  }

  private void beat() {
    AgentInfo info =
        new AgentInfo(
            id(),
            "test/1",
            Optional.of(provider),
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
            List.of("assignment-1"),
            running,
            OptionalLong.empty());
    ObjectNode json = Wire.mapper().valueToTree(presence);
    manner.accept(json);
    SignedMessage signed = SignedMessage.sign(Wire.toBytes(json), key);
    broker
        .publisher()
        .tryPublish(
            OutgoingMessage.passingJson(
                Topology.PRESENCE,
                id(),
                signed.body(),
                signed.headers(),
                UUID.randomUUID().toString()));
  }

  URI brokerUri() {
    return enrolled.brokerUri();
  }
}
