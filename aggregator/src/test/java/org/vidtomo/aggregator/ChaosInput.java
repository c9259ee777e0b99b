package org.vidtomo.aggregator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;

/**
 * What agents sent, in the order in which it came, and what follows of it: 2 % of the tasks have a
 * second attempt, 10 % of the reports come twice, 1 % are malformed in one of several ways.
 */
final class ChaosInput {
  private static final Optional<String> PROVIDER = Optional.of("Fibrelink");

  private final AggregatorRig rig;
  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<UUID, Map<Integer, UUID>> attempts = new HashMap<>();
  private final Map<UUID, Measurement> counted = new HashMap<>();
  private final Map<UUID, byte[]> bodies = new HashMap<>();
  private final Map<String, String> malformed = new HashMap<>();

  /** A message and its id. */
  record Sent(String id, Message message) {}

  ChaosInput(AggregatorRig rig, int reports, Random random) {
    this.rig = rig;
    this.random = random;
    int bad = reports / 100;
    int late = reports / 50;
    for (int i = 0; i < reports - bad - late; i++) {
      UUID task = UUID.randomUUID();
      add(task, 1);
      if (i < late) {
        add(task, 2);
      }
    }
    List<Sent> valid = new ArrayList<>(sent);
    Collections.shuffle(valid, random);
    valid.subList(0, reports / 10).forEach(each -> sent.add(new Sent(id(), each.message())));
    for (int i = 0; i < bad; i++) {
      addMalformed(i);
    }
    Collections.shuffle(sent, random);
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private void add(UUID task, int attempt) {
    Assignment assignment = ReportFixtures.assignment(rig.campaign, task, attempt, rig.agent);
    Report report =
        ReportFixtures.report(
            assignment, ReportFixtures.token(assignment, rig.coordinator), rig.agent);
    Message message = ReportFixtures.signed(report, rig.agentKey);
    sent.add(new Sent(id(), message));
    attempts.computeIfAbsent(task, t -> new HashMap<>()).put(attempt, report.reportId());
    bodies.put(report.reportId(), message.body());
    if (attempt == 1) {
      counted.put(
          task,
          new Derivation(Networks.NONE)
              .derive(report, assignment, AgentNetwork.enrolled(PROVIDER)));
    }
  }

  private void addMalformed(int number) {
    Report report = rig.report(UUID.randomUUID(), 1);
    byte[] body = ReportFixtures.gzip(Wire.toBytes(report));
    Message good = ReportFixtures.signed(body, rig.agentKey);
    byte[] changed = body.clone();
    changed[random.nextInt(changed.length)] ^= 1;
    byte[] cut = Arrays.copyOf(body, body.length / 2);
    String text = new String(Wire.toBytes(report), StandardCharsets.UTF_8);
    byte[] broken = text.substring(0, text.length() - 5).getBytes(StandardCharsets.UTF_8);
    switch (number % 6) {
      case 0 -> malformed(new Message(body, Map.of("x-encoding", "gzip")), "not signed");
      case 1 -> malformed(new Message(changed, good.headers()), "does not fit the message");
      case 2 -> malformed(ReportFixtures.signed(cut, rig.agentKey), "not whole gzip");
      case 3 ->
          malformed(
              ReportFixtures.signed(ReportFixtures.gzip(broken), rig.agentKey),
              "not a valid Report");
      case 4 ->
          malformed(ReportFixtures.signed(report, SigningKey.generate()), "no enrolled agent has");
      default -> malformed(ReportFixtures.signed(report, rig.otherKey), "but says it is of agent");
    }
  }

  private void malformed(Message message, String reason) {
    String id = id();
    sent.add(new Sent(id, message));
    malformed.put(id, reason);
  }

  /** All messages in their order. */
  List<Sent> sent() {
    return sent;
  }

  /** The reports of each task by attempt. */
  Map<UUID, Map<Integer, UUID>> attempts() {
    return attempts;
  }

  /** The measurement that counts for each task, derived from the input alone. */
  Map<UUID, Measurement> counted() {
    return counted;
  }

  /** The bytes of each valid report. */
  Map<UUID, byte[]> bodies() {
    return bodies;
  }

  /** What the reason of each malformed message says, by the message's id. */
  Map<String, String> malformed() {
    return malformed;
  }
}
