package org.vidtomo.aggregator.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.Measurement;

/** Reports that an enrolled agent signed and that say what cannot be. */
class HostileReportTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Derivation derivation = new Derivation(Networks.NONE);
  private final Assignment assignment =
      ReportFixtures.assignment(UUID.randomUUID(), UUID.randomUUID(), 1, "agent-1");
  private final Report good = ReportFixtures.report(assignment, "token", "agent-1");

  private ObjectNode tree() {
    return Wire.mapper().valueToTree(good);
  }

  private Measurement derived(ObjectNode report) throws WireException {
    return derivation.derive(
        Wire.read(Wire.toBytes(report), Report.class), assignment, AgentNetwork.UNKNOWN);
  }

  @Test
  void values_thatNothingMeasuredCanHave_areNotKnown() throws WireException {
    ObjectNode report = tree();
    report.remove("media");
    report.withObject("/download").put("goodputBps", -1).put("timeToFirstByteMicros", -2);
    report
        .withObject("/playback")
        .put("stallRatio", 1e300)
        .put("stallingMos", -7)
        .put("stallCount", -1)
        .put("stalledMicros", Long.MIN_VALUE)
        .put("startupDelayMicros", 5);
    report.withObject("/agent").put("asn", -1);
    ((ObjectNode) report.at("/pings/0")).put("minMicros", -5);
    ((ObjectNode) report.at("/dns/0")).put("elapsedMicros", -5);
    ((ObjectNode) report.at("/caches/0")).put("asn", 0);
    Measurement measurement = derived(report);
    assertThat(measurement.stallRatio()).isEqualTo(OptionalDouble.empty());
    assertThat(measurement.stallingMos()).isEmpty();
    assertThat(measurement.stallCount()).isEmpty();
    assertThat(measurement.stalledMicros()).isEmpty();
    assertThat(measurement.startupDelayMicros()).hasValue(5);
    assertThat(measurement.goodputBps()).isEqualTo(OptionalLong.empty());
    assertThat(measurement.timeToFirstByteMicros()).isEmpty();
    assertThat(measurement.asn()).isEmpty();
    assertThat(measurement.cacheAsn()).isEmpty();
    assertThat(measurement.rttMicros()).isEmpty();
    assertThat(measurement.resolveMicros()).isEmpty();
    assertThat(measurement.resolvers().get(0).elapsedMicros()).isEmpty();
  }

  @Test
  void texts_areShortLines_whateverFitsIntoAReport() throws WireException {
    String endless = "\u202e\u0000\u001b[2J" + "x".repeat(200_000);
    ObjectNode report = tree();
    report.withObject("/agent").put("provider", endless).put("prefix", endless);
    report.withObject("/agent").put("country", endless).put("addressFamily", endless);
    report.withObject("/agent").withObject("/access").put("technology", endless);
    report.withObject("/video").put("service", endless).put("id", endless).put("title", endless);
    report.withObject("/download").put("address", endless);
    ((ObjectNode) report.at("/dns/0")).put("resolver", endless);
    ((ObjectNode) report.at("/caches/0")).put("site", endless);
    Measurement measurement = derived(report);
    assertThat(measurement.provider())
        .hasValueSatisfying(p -> assertThat(p).startsWith("\ufffd\ufffd\ufffd[2J"));
    assertThat(Wire.toBytes(measurement)).hasSizeLessThan(8_000);
  }

  @Test
  void characters_ofTwoPartsAreKeptWhole() {
    assertThat(AgentsWord.line("a😀b", 500)).isEqualTo("a😀b");
    assertThat(AgentsWord.line("\ud83d", 500)).isEqualTo("\ufffd");
    assertThat(AgentsWord.line("Réseau çà et là — 网络", 500)).isEqualTo("Réseau çà et là — 网络");
    assertThat(AgentsWord.line("abc", 2)).isEqualTo("ab…");
    assertThat(AgentsWord.line("ab", 2)).isEqualTo("ab");
  }

  @Test
  void addresses_thatArePatternsWorstCase_takeNoTime() throws WireException {
    String colons = ":".repeat(200_000) + "!";
    ObjectNode report = tree();
    report.withObject("/agent").put("publicIp", colons).put("prefix", colons);
    report.withObject("/download").put("address", colons);
    ArrayNode addresses = ((ObjectNode) report.at("/dns/0")).putArray("addresses");
    addresses.addObject().put("address", colons).put("ttlSeconds", 1);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> derived(report));
  }

  @Test
  void download_ofHundredThousandStalls_takesNoTime() throws WireException {
    ObjectNode report = tree();
    ArrayNode arrivals = report.withObject("/download").putArray("arrivals");
    ArrayNode timeline = report.withObject("/media").putArray("timeline");
    for (int i = 1; i <= 100_000; i++) {
      arrivals.addArray().add(9_000_000).add(1);
      timeline.addArray().add(i).add(3_000_000L * i);
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> derived(report));
  }

  @Test
  void listsOfThousands_takeNoTime() {
    ObjectNode report = tree();
    report.withObject("/download").put("address", "192.0.2.99");
    JsonNode ping = report.at("/pings/0");
    ArrayNode pings = (ArrayNode) report.get("pings");
    ArrayNode addresses = ((ObjectNode) report.at("/caches/0")).putArray("addresses");
    for (int i = 0; i < 15_000; i++) {
      pings.add(ping.deepCopy());
      addresses.add("198.51.100." + i);
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> derived(report));
  }

  /** What derives is stored: every number may be any number. */
  @Test
  void anyNumbers_giveAMeasurementOrAReason() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < 1_000; i++) {
      ObjectNode report = tree();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        change(report, random);
      }
      assertThatCode(() -> checked(report)).as("%s", report).doesNotThrowAnyException();
    }
  }

  private void checked(ObjectNode report) {
    Optional<Measurement> measurement;
    try {
      measurement = Optional.of(derived(report));
    } catch (WireException | IllegalArgumentException | ArithmeticException e) {
      return;
    }
    Measurement m = measurement.orElseThrow();
    assertThat(m.stallRatio().orElse(0)).isBetween(0.0, 1.0);
    assertThat(m.stallingMos().orElse(1)).isBetween(1.0, 5.0);
    assertThat(m.goodputBps().orElse(0)).isNotNegative();
    assertThat(m.startupDelayMicros().orElse(0)).isNotNegative();
    assertThat(m.stallCount().orElse(0)).isNotNegative();
    assertThat(m.playedMicros().orElse(0)).isNotNegative();
    assertThat(m.stalledMicros().orElse(0)).isNotNegative();
  }

  private static void change(ObjectNode report, Random random) {
    List<Runnable> places = new ArrayList<>();
    collect(report, random, places);
    places.get(random.nextInt(places.size())).run();
  }

  private static void collect(JsonNode node, Random random, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (object.get(name).isNumber()) {
                  places.add(() -> object.set(name, any(random)));
                } else {
                  collect(object.get(name), random, places);
                }
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        if (array.get(at).isNumber()) {
          places.add(() -> array.set(at, any(random)));
        } else {
          collect(array.get(at), random, places);
        }
      }
    }
  }

  private static JsonNode any(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.numberNode(Long.MAX_VALUE);
      case 1 -> JSON.numberNode(Long.MIN_VALUE);
      case 2 -> JSON.numberNode(1e308);
      case 3 -> JSON.numberNode(-1);
      case 4 -> JSON.numberNode(0);
      case 5 -> JSON.textNode("NaN");
      case 6 -> JSON.numberNode(Integer.MAX_VALUE + 1L);
      default -> JSON.numberNode(random.nextLong());
    };
  }
}
