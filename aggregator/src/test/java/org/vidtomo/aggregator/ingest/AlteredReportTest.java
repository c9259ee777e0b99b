package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.AggregatorRig;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.messaging.Senders;

/** Whatever is changed of a report that is good, it is taken no more. */
class AlteredReportTest {
  private static final String SENDER = "sender";

  private AggregatorRig rig;
  private ReportVerifier verifier;
  private Report good;

  @BeforeEach
  void open() throws Exception {
    rig = new AggregatorRig();
    Clock clock = Clock.systemUTC();
    verifier =
        new ReportVerifier(
            new KnownKeys(rig.store.agents(), rig.store.keys(), clock),
            new Senders(Set.of(SENDER)),
            new FirstReports(rig.store.reportReader(), clock),
            clock);
    good = rig.report(UUID.randomUUID(), 1);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void refused(byte[] body, Map<String, String> headers, String as) {
    assertThatThrownBy(() -> verifier.verify(body, headers, Optional.of(SENDER)))
        .as(as)
        .isInstanceOf(PoisonException.class);
  }

  private static ObjectNode tree(Report report) {
    return Wire.mapper().valueToTree(report);
  }

  @Test
  void reportWithAnyFieldChangedOrGone_isRefused() throws Exception {
    Message message = ReportFixtures.signed(good, rig.agentKey);
    int places = changes(tree(good)).size();
    assertThat(places).isGreaterThan(100);
    for (int i = 0; i < places; i++) {
      ObjectNode changed = tree(good);
      changes(changed).get(i).run();
      assertThat(changed).isNotEqualTo(tree(good));
      refused(ReportFixtures.gzip(Wire.toBytes(changed)), message.headers(), changed.toString());
    }
    assertThat(verifier.verify(message.body(), message.headers(), Optional.of(SENDER)).report())
        .isEqualTo(good);
  }

  @Test
  void agentThatChangesAnyFieldOfItsAssignment_isRefusedUnderItsOwnSignature() {
    int places = changes((ObjectNode) tree(good).get("assignment")).size();
    assertThat(places).isGreaterThanOrEqualTo(16);
    for (int i = 0; i < places; i++) {
      ObjectNode changed = tree(good);
      changes((ObjectNode) changed.get("assignment")).get(i).run();
      Message message =
          ReportFixtures.signed(ReportFixtures.gzip(Wire.toBytes(changed)), rig.agentKey);
      refused(message.body(), message.headers(), changed.get("assignment").toString());
    }
  }

  @Test
  void anyBitOfBodySignatureOrAssignmentFlipped_isRefused() {
    Message message = ReportFixtures.signed(good, rig.agentKey);
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      byte[] body = message.body().clone();
      flip(body, random);
      refused(body, message.headers(), "bit of the body");
      ObjectNode changed = tree(good);
      ObjectNode assignment = (ObjectNode) changed.get("assignment");
      assignment.put("signed", flipped(assignment.get("signed").asText(), random));
      Message resigned =
          ReportFixtures.signed(ReportFixtures.gzip(Wire.toBytes(changed)), rig.agentKey);
      refused(resigned.body(), resigned.headers(), assignment.toString());
    }
  }

  private static String flipped(String token, Random random) {
    String[] parts = token.split("\\.");
    int part = random.nextBoolean() ? 0 : 2;
    byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
    flip(bytes, random);
    parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return String.join(".", parts);
  }

  private static void flip(byte[] bytes, Random random) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
  }

  /** Every value changed, and every field and entry gone. */
  private static List<Runnable> changes(ObjectNode report) {
    List<Runnable> changes = new ArrayList<>();
    collect(report, changes);
    return changes;
  }

  private static void collect(JsonNode node, List<Runnable> changes) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                changes.add(() -> object.remove(name));
                other(object.get(name))
                    .ifPresentOrElse(
                        value -> changes.add(() -> object.set(name, value)),
                        () -> collect(object.get(name), changes));
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        changes.add(() -> array.remove(at));
        other(array.get(at))
            .ifPresentOrElse(
                value -> changes.add(() -> array.set(at, value)),
                () -> collect(array.get(at), changes));
      }
    }
  }

  /** Another value of the same kind; empty for what has values of its own. */
  private static Optional<JsonNode> other(JsonNode value) {
    if (value.isContainerNode()) {
      return Optional.empty();
    }
    if (value.isBoolean()) {
      return Optional.of(Wire.mapper().valueToTree(!value.asBoolean()));
    }
    if (value.isNumber()) {
      return Optional.of(Wire.mapper().valueToTree(value.asLong() + 1));
    }
    return Optional.of(Wire.mapper().valueToTree(another(value.asText())));
  }

  private static String another(String text) {
    try {
      return new UUID(UUID.fromString(text).getMostSignificantBits(), 1).toString();
    } catch (IllegalArgumentException e) {
      return text.endsWith("0Z") ? text.replace("0Z", "1Z") : text + "x";
    }
  }
}
