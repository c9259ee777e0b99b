package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.files.KeyFiles;

/** Stands for coordinator and aggregator: signs and publishes tasks, verifies what comes back. */
final class CoordinatorSide implements AutoCloseable {
  final SigningKey root = SigningKey.generate();
  final SigningKey key = SigningKey.generate();
  final String queue = Topology.newAgentQueue();
  final BrokerConnection connection;
  final List<Report> reports = new CopyOnWriteArrayList<>();
  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  final List<Presence> presences = new CopyOnWriteArrayList<>();
  final List<String> dead = new CopyOnWriteArrayList<>();
  private final AgentIdentity agent;

  CoordinatorSide(URI broker, Path agentDirectory) throws IOException {
    SigningKey agentKey = KeyFiles.loadOrCreate(new AgentDirectory(agentDirectory).key());
    agent =
        new AgentIdentity(
            "agent-1",
            agentKey,
            URI.create("http://127.0.0.1:1"),
            root.publicKey(),
            broker,
            queue,
            Optional.of("Fibrelink"));
    agent.save(new AgentDirectory(agentDirectory));
    connection = new BrokerConnection(BrokerSettings.of(broker, "coordinator-side"));
    connection.start();
    connection.awaitConnected(Duration.ofSeconds(20));
    connection.topology().declareShared();
    connection.topology().declareAgentQueue(queue);
    connection.topology().subscribePresence(100, this::presence);
    connection.subscribe(Topology.DEAD, 10, this::dead);
  }

  AgentIdentity agent() {
    return agent;
  }

  /** From now on reports are taken. */
  void takeReports() {
    connection.subscribe(Topology.REPORTS_INGEST, 10, this::report);
  }

  Assignment assignment(String url) {
    return assignment(url, "agent-1", Instant.now().plusSeconds(300));
  }

  Assignment assignment(String url, String agentId, Instant leaseUntil) {
    return new Assignment(
        Assignment.SCHEMA_VERSION,
        UUID.randomUUID(),
        1,
        UUID.randomUUID(),
        0,
        0,
        agentId,
        "Fibrelink",
        0,
        Instant.now(),
        leaseUntil,
        url,
        MeasurementParameters.DEFAULTS);
  }

  Assignment publish(Assignment assignment) {
    publish(assignment, certificate(Duration.ofDays(1)), key);
    return assignment;
  }

  void publish(Assignment assignment, String certificate, SigningKey signer) {
    byte[] body = Wire.toBytes(assignment);
    Map<String, String> headers = new HashMap<>(SignedMessage.sign(body, signer).headers());
    headers.put(KeyCertificate.HEADER, certificate);
    publish(body, headers);
  }

  void publish(byte[] body, Map<String, String> headers) {
    connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(
                Topology.TASKS, queue, body, headers, UUID.randomUUID().toString()),
            Duration.ofSeconds(10));
  }

  String certificate(Duration validity) {
    return new KeyCertificate(
            KeyCertificate.COORDINATOR,
            key.publicKey().encoded(),
            Instant.now().minusSeconds(3600),
            Instant.now().plus(validity))
        .signedBy(root);
  }

  long waitingTasks() {
    return connection.topology().messageCount(queue).orElseThrow();
  }

  private void report(Delivery delivery) throws Exception {
    assertThat(delivery.headers()).containsEntry(ReportPacker.ENCODING_HEADER, "gzip");
    byte[] body =
        SignedMessage.of(delivery.body(), delivery.headers()).verify(agent.key().publicKey());
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      reports.add(Wire.read(gzip.readAllBytes(), Report.class));
    }
    deliveries.add(delivery);
    delivery.ack();
  }

  private void presence(Delivery delivery) throws Exception {
    byte[] body =
        SignedMessage.of(delivery.body(), delivery.headers()).verify(agent.key().publicKey());
    presences.add(Wire.read(body, Presence.class));
    delivery.ack();
  }

  private void dead(Delivery delivery) {
    dead.add(delivery.headers().getOrDefault(Topology.REASON_HEADER, ""));
    delivery.ack();
  }

  @Override
  public void close() {
    connection.close();
  }
}
