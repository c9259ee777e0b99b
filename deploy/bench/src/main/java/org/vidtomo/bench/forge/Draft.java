package org.vidtomo.bench.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

/**
 * A good report of an agent, before something is done to it.
 *
 * @param json its tree: change it freely
 */
record Draft(Assignment assignment, ObjectNode json) {
  private static final Duration LEASE = Duration.ofMinutes(20);

  /** A message of the broker. */
  record Sent(byte[] body, Map<String, String> headers) {}

  /** A report of a new task, given out then. */
  static Draft of(String agent, UUID task, int attempt, Instant given, SigningKey coordinator) {
    Assignment assignment =
        new Assignment(
                Assignment.SCHEMA_VERSION,
                task,
                attempt,
                UUID.nameUUIDFromBytes(new byte[] {1}),
                0,
                0,
                agent,
                "any",
                0,
                given,
                given.plus(LEASE),
                "https://www.example.org/watch/1",
                MeasurementParameters.DEFAULTS)
            .given(given, new AssignedVideo("page", "page:https://www.example.org/watch/1"));
    Draft draft = new Draft(assignment, Wire.mapper().createObjectNode());
    draft.write(agent, token(assignment, coordinator));
    return draft;
  }

  static String token(Object body, SigningKey key) {
    return SignedMessage.sign(Wire.toBytes(body), key).toToken();
  }

  private void write(String agent, String token) {
    json.put("schemaVersion", 1).put("reportId", UUID.randomUUID().toString());
    json.put("startedAt", assignment.scheduledAt().toString()).put("elapsedMicros", 45_000_000);
    ObjectNode embedded = Wire.mapper().valueToTree(assignment);
    embedded.remove(
        List.of(
            "schemaVersion",
            "agentId",
            "target",
            "sample",
            "url",
            "parameters",
            "assignedAt",
            "video"));
    embedded.put("signed", token);
    json.set("assignment", embedded);
    json.putObject("agent")
        .put("id", agent)
        .put("software", "vidtomo/bench")
        .put("addressFamily", "ipv4");
    json.putObject("video").put("url", assignment.url()).put("service", "page");
    json.put("outcome", "failed");
    json.putObject("failure")
        .put("kind", "connect_timeout")
        .put("operation", "download")
        .put("detail", "nothing came");
  }

  UUID reportId() {
    return UUID.fromString(json.get("reportId").asText());
  }

  /** Its assignment, to be changed. */
  ObjectNode embedded() {
    return (ObjectNode) json.get("assignment");
  }

  /** With another token in the place of the assignment's. */
  Draft signed(String token) {
    embedded().put("signed", token);
    return this;
  }

  byte[] body() {
    return BenchAgents.gzip(Wire.toBytes(json));
  }

  /** As an agent sends it. */
  Sent sentBy(SigningKey key) {
    return sent(body(), key);
  }

  static Sent sent(byte[] body, SigningKey key) {
    return new Sent(body, BenchAgents.headers(body, key));
  }
}
