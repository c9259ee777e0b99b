package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.dataset.Collected;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.TestReports;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.StoredReport;

/**
 * Reports in which servers repeated the agent's address wherever they can put a text, in all
 * spellings: what the public is answered does not hold it. {@code vidtomo.answers} says of how
 * many.
 */
class PublicAnswersTest {
  private static final int ANSWERS = Integer.getInteger("vidtomo.answers", 5_000);
  private static final long SEED = 1_207;
  private static final List<String> AROUND =
      List.of(
          "%s", "/%s/", "a=%s&b", "x-%s.isp.example", "%%3D%s", "for %s.", "(%s)", "https://%s/v");

  /** Members whose texts come from outside of the agent; of "headers" all are. */
  private static final List<String> FREE =
      List.of(
          "provider",
          "asName",
          "url",
          "title",
          "detail",
          "extractor",
          "location",
          "host",
          "site",
          "resolver",
          "tls",
          "headers",
          "cnames",
          "related",
          "address",
          "addresses");

  private static final Instant SLOT = Instant.parse("2026-11-21T20:00:00Z");

  private static Vertx vertx;
  private static LiveIndex index;
  private static Api api;
  private static URI base;

  @BeforeAll
  static void start() throws Exception {
    Sources stored = Sources.of(TestDashboard.shared().store);
    vertx = Vertx.vertx();
    Clock clock = Clock.systemUTC();
    index = new LiveIndex(stored.index(), stored.measurements(), 10_000, clock);
    index.start();
    index.current().get(30, TimeUnit.SECONDS);
    IndexedCells cells =
        IndexedCells.of(index, stored.measurements(), stored.campaigns(), 10_000, clock);
    api =
        new Api(
            vertx,
            new Sources(
                stored.measurements(),
                new Generated(),
                stored.campaigns(),
                stored.tasks(),
                stored.agents(),
                stored.index(),
                stored.standing()),
            new Comparisons(Comparer.DEFAULT, cells, Runnable::run, clock),
            cells,
            // All agents are named: so nothing is left out for another reason.
            new DashboardSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10_000,
                0,
                DashboardSettings.DEFAULT_BEAT),
            new Operations(vertx, List::of, new Metrics()),
            clock);
    base = Http.listening(vertx.createHttpServer().requestHandler(api.handler()));
  }

  @AfterAll
  static void stop() {
    api.close();
    index.close();
    vertx.close();
  }

  @Test
  void generated_answer_holds_no_full_address() {
    IntStream.range(0, ANSWERS).parallel().forEach(PublicAnswersTest::check);
    System.out.printf("%,d public answers hold no full address of an agent%n", ANSWERS);
  }

  private static void check(int number) {
    try {
      String answer = Http.json(base, "/api/v1/measurements/" + new UUID(SEED, number)).toString();
      Generated.Case made = Generated.of(number);
      String line = PublicReports.line(made.stored(), Generated.COLLECTED).toString();
      for (String text : List.of(answer, line)) {
        String lower = text.toLowerCase(Locale.ROOT);
        assertThat(lower).as("report %d", number).contains("address removed");
        for (String spelling : AddressSpellings.of(made.address())) {
          assertThat(lower)
              .as("report %d of %s", number, made.address())
              .doesNotContain(spelling.toLowerCase(Locale.ROOT));
        }
      }
    } catch (Exception e) {
      throw new AssertionError("report " + number, e);
    }
  }

  /** A store in which every id is a report's. */
  private static final class Generated implements ReportReader {
    private static final UUID ID = new UUID(SEED, 0);
    private static final TestReports.Line LINE =
        new TestReports.Line("Fibrelink", "agent", "192.0.2.0/24", 2_000_000, 9_000);

    static final Collected COLLECTED =
        new Collected(true, true, SLOT, Optional.empty(), OptionalInt.empty());

    /** Made once: signing one takes longer than all that is tried here. */
    private static final ObjectNode OK =
        Wire.mapper().valueToTree(TestReports.ok(LINE, ID, ID, ID, SLOT, "v1", "A title"));

    private static final ObjectNode FAILED =
        Wire.mapper()
            .valueToTree(
                TestReports.failed(
                    LINE,
                    ID,
                    ID,
                    ID,
                    SLOT,
                    "v1",
                    new Failure(FailureKind.HTTP_PROTOCOL, "connect", "some reason")));

    record Case(InetAddress address, StoredReport stored) {}

    static Case of(long number) throws Exception {
      Random random = new Random(SEED + number);
      InetAddress address = AddressSpellings.random(random);
      ObjectNode report = (random.nextInt(3) > 0 ? OK : FAILED).deepCopy();
      report.put("reportId", new UUID(SEED, number).toString());
      repeat(report, "", AddressSpellings.of(address), random);
      ((ObjectNode) report.path("agent")).put("publicIp", address.getHostAddress());
      ((ObjectNode) report.path("video")).put("title", "your address: " + address.getHostAddress());
      return new Case(
          address,
          new StoredReport(
              new UUID(SEED, number),
              "agent",
              "key",
              new byte[64],
              Wire.toBytes(report),
              "identity",
              SLOT));
    }

    /** Puts the address into about half of the texts. */
    private static void repeat(JsonNode node, String name, List<String> spellings, Random random) {
      if (node instanceof ObjectNode object) {
        List<String> members = new ArrayList<>();
        object.fieldNames().forEachRemaining(members::add);
        for (String member : members) {
          String free = name.equals("headers") ? name : member;
          object.set(member, repeated(object.get(member), free, spellings, random));
        }
      } else if (node instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, repeated(array.get(i), name, spellings, random));
        }
      }
    }

    private static JsonNode repeated(
        JsonNode node, String name, List<String> spellings, Random random) {
      if (!node.isTextual()) {
        repeat(node, name, spellings, random);
        return node;
      }
      if (!FREE.contains(name) || random.nextBoolean()) {
        return node;
      }
      String spelling = spellings.get(random.nextInt(spellings.size()));
      String around = AROUND.get(random.nextInt(AROUND.size())).replace("%%", "%");
      return TextNode.valueOf(node.textValue() + " " + around.replace("%s", spelling));
    }

    @Override
    public Optional<StoredReport> find(UUID id) {
      try {
        return Optional.of(of(id.getLeastSignificantBits()).stored());
      } catch (Exception e) {
        throw new IllegalStateException("generating " + id, e);
      }
    }

    @Override
    public List<StoredReport> findAll(Collection<UUID> ids) {
      return ids.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    @Override
    public List<TaskReport> ofTask(UUID taskId) {
      return List.of(new TaskReport(1, taskId, "agent", true));
    }

    @Override
    public Map<UUID, List<TaskReport>> ofTasks(Collection<UUID> taskIds) {
      return Map.of();
    }
  }
}
