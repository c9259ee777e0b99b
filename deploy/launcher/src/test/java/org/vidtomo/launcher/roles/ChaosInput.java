package org.vidtomo.launcher.roles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;

/**
 * What a panel of agents sent, in the order in which it came, and what follows of it: 2 % of the
 * tasks have a second attempt, 10 % of the reports come twice, 1 % are malformed in one of several
 * ways. One in ten measurements failed. The second ISP takes twice as long as the others.
 */
final class ChaosInput {
  private static final List<String> ISPS = List.of("Fibrelink", "Copperline", "Skynet");
  private static final int AGENTS_PER_ISP = 12;
  private static final int VIDEOS = 10;
  private static final int HOURS = 4;

  private final SigningKey coordinator = SigningKey.generate();
  private final UUID campaign = UUID.randomUUID();
  private final List<Agent> agents = new ArrayList<>();
  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<UUID, Map<Integer, UUID>> attempts = new HashMap<>();
  private final Map<UUID, Measurement> counted = new HashMap<>();
  private final Map<UUID, byte[]> bodies = new HashMap<>();
  private final Map<String, String> malformed = new HashMap<>();

  /** A message, its id and whose it is. */
  record Sent(String id, String agent, Message message) {}

  private record Agent(String id, String provider, SigningKey key) {}

  ChaosInput(int reports, Random random) {
    this.random = random;
    for (int i = 0; i < ISPS.size() * AGENTS_PER_ISP; i++) {
      String provider = ISPS.get(i % ISPS.size());
      agents.add(new Agent("agent-" + UUID.randomUUID(), provider, SigningKey.generate()));
    }
    int bad = reports / 100;
    int late = reports / 50;
    for (int i = 0; i < reports - bad - late; i++) {
      Assignment first = assignment(UUID.randomUUID(), i);
      add(first);
      if (i < late) {
        add(again(first));
      }
    }
    List<Sent> valid = new ArrayList<>(sent);
    Collections.shuffle(valid, random);
    valid.subList(0, reports / 10).stream()
        .map(each -> new Sent(id(), each.agent(), each.message()))
        .forEach(sent::add);
    for (int i = 0; i < bad; i++) {
      addMalformed(i);
    }
    Collections.shuffle(sent, random);
  }

  /** Lets the installation know coordinator and agents. */
  void enrol(Store store) {
    store
        .keys()
        .put(
            new CoordinatorKey(
                coordinator.publicKey().id(), coordinator.publicKey().encoded(), "certificate"));
    for (Agent agent : agents) {
      store
          .agents()
          .insert(
              new EnrolledAgent(
                  agent.id(),
                  agent.key().publicKey().id(),
                  agent.key().publicKey().encoded(),
                  "queue",
                  Optional.of(agent.provider()),
                  ReportFixtures.SLOT,
                  Optional.empty()));
    }
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private Assignment assignment(UUID task, int number) {
    Agent agent = agents.get(number % agents.size());
    Assignment usual = ReportFixtures.assignment(campaign, task, 1, agent.id());
    int visit = number / agents.size();
    Duration later = Duration.ofHours(visit / VIDEOS % HOURS);
    return new Assignment(
        usual.schemaVersion(),
        task,
        1,
        campaign,
        usual.cycle(),
        usual.round(),
        agent.id(),
        agent.provider(),
        usual.sample(),
        usual.scheduledAt().plus(later),
        usual.leaseUntil().plus(later),
        "https://www.example.org/watch/" + visit % VIDEOS,
        usual.parameters());
  }

  /** The same task, given to the next agent. */
  private Assignment again(Assignment first) {
    int next = (agents.indexOf(agent(first.agentId())) + ISPS.size()) % agents.size();
    return new Assignment(
        first.schemaVersion(),
        first.taskId(),
        2,
        campaign,
        first.cycle(),
        first.round(),
        agents.get(next).id(),
        first.target(),
        first.sample(),
        first.scheduledAt(),
        first.leaseUntil(),
        first.url(),
        first.parameters());
  }

  private Agent agent(String id) {
    return agents.stream().filter(agent -> agent.id().equals(id)).findFirst().orElseThrow();
  }

  private void add(Assignment assignment) {
    Agent agent = agent(assignment.agentId());
    Report report = report(assignment);
    Message message = ReportFixtures.signed(report, agent.key());
    sent.add(new Sent(id(), agent.id(), message));
    attempts
        .computeIfAbsent(assignment.taskId(), t -> new HashMap<>())
        .put(assignment.attempt(), report.reportId());
    bodies.put(report.reportId(), message.body());
    if (assignment.attempt() == 1) {
      AgentNetwork network = AgentNetwork.enrolled(Optional.of(agent.provider()));
      counted.put(
          assignment.taskId(), new Derivation(Networks.NONE).derive(report, assignment, network));
    }
  }

  /** The usual report, as slow as chance and the ISP will. */
  private Report report(Assignment assignment) {
    Report usual =
        ReportFixtures.report(
            assignment, ReportFixtures.token(assignment, coordinator), assignment.agentId());
    double slower =
        Math.exp(random.nextGaussian() * 0.3) * (assignment.target().equals(ISPS.get(1)) ? 2 : 1);
    ObjectNode json = Wire.mapper().valueToTree(usual);
    String number = assignment.url().substring(assignment.url().lastIndexOf('/') + 1);
    ((ObjectNode) json.path("video")).put("id", number).put("url", assignment.url());
    ObjectNode download = (ObjectNode) json.path("download");
    slow(download, "durationMicros", slower);
    slow(download, "timeToFirstByteMicros", slower);
    download.put("goodputBps", Math.round(download.path("goodputBps").asLong() / slower));
    for (var arrival : download.path("arrivals")) {
      ((ArrayNode) arrival)
          .set(0, Wire.mapper().valueToTree((long) (arrival.get(0).asLong() * slower)));
    }
    ObjectNode ping = (ObjectNode) json.path("pings").get(0);
    List.of("minMicros", "avgMicros", "maxMicros").forEach(name -> slow(ping, name, slower));
    ((ArrayNode) ping.path("delaysMicros")).set(0, ping.path("minMicros"));
    if (random.nextInt(10) == 0) {
      json.put("outcome", "failed");
      json.putObject("failure")
          .put("kind", "connect_timeout")
          .put("operation", "download")
          .put("detail", "nothing came");
    }
    return Wire.mapper().convertValue(json, Report.class);
  }

  private static void slow(ObjectNode of, String name, double times) {
    of.put(name, (long) (of.path(name).asLong() * times));
  }

  private void addMalformed(int number) {
    Agent agent = agents.get(number % agents.size());
    Report report = report(assignment(UUID.randomUUID(), number));
    byte[] body = ReportFixtures.gzip(Wire.toBytes(report));
    Message good = ReportFixtures.signed(body, agent.key());
    byte[] changed = body.clone();
    changed[random.nextInt(changed.length)] ^= 1;
    byte[] cut = Arrays.copyOf(body, body.length / 2);
    String text = new String(Wire.toBytes(report), StandardCharsets.UTF_8);
    byte[] broken = text.substring(0, text.length() - 5).getBytes(StandardCharsets.UTF_8);
    switch (number % 6) {
      case 0 -> malformed(agent, new Message(body, Map.of("x-encoding", "gzip")), "not signed");
      case 1 -> malformed(agent, new Message(changed, good.headers()), "does not fit the message");
      case 2 -> malformed(agent, ReportFixtures.signed(cut, agent.key()), "not whole gzip");
      case 3 ->
          malformed(
              agent,
              ReportFixtures.signed(ReportFixtures.gzip(broken), agent.key()),
              "not a valid Report");
      case 4 ->
          malformed(
              agent, ReportFixtures.signed(report, SigningKey.generate()), "no enrolled agent has");
      default -> {
        SigningKey other = agents.get((number + 1) % agents.size()).key();
        malformed(agent, ReportFixtures.signed(report, other), "but says it is of agent");
      }
    }
  }

  private void malformed(Agent agent, Message message, String reason) {
    String id = id();
    sent.add(new Sent(id, agent.id(), message));
    malformed.put(id, reason);
  }

  UUID campaign() {
    return campaign;
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
