package org.vidtomo.aggregator.rederive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.rederive.Rederivation.Progress;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.RederivationStore;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;

/** Reports that an older version derived otherwise, in a real Cassandra. */
class RederivationTest {
  private static final String AGENT = "agent-1";
  private static final Optional<String> PROVIDER = Optional.of("Fibrelink");
  private static final Duration LONG = Duration.ofSeconds(60);

  private final SigningKey key = SigningKey.generate();
  private final UUID campaign = UUID.randomUUID();
  private final Random random = new Random(6);
  private final String keyspace = Cassandra.shared().newKeyspaceName();
  private final Map<UUID, Measurement> expected = new HashMap<>();
  private Store store;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(
            StoreSettings.of(
                    List.of(Cassandra.shared().contactPoint()),
                    Cassandra.shared().localDatacenter())
                .withKeyspace(keyspace));
    store
        .agents()
        .insert(
            new EnrolledAgent(
                AGENT,
                key.publicKey().id(),
                key.publicKey().encoded(),
                "queue",
                PROVIDER,
                SLOT,
                Optional.empty()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void all_is_derived_again_though_the_process_is_killed_and_reports_come_meanwhile()
      throws Exception {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      writes.addAll(storeTask(true));
    }
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
    assertThat(counted()).hasSameSizeAs(expected).doesNotContainValue(expected.get(one()));

    try (ChildJvm child = child()) {
      await().pollInterval(Duration.ofMillis(10)).atMost(LONG).until(() -> done() > 100);
      child.kill();
    }
    int doneAtDeath = done();
    assertThat(doneAtDeath).isLessThan(RederivationStore.RANGES);
    try (ChildJvm child = child();
        ChildJvm other = child()) {
      for (int i = 0; i < 50; i++) {
        storeTask(false).forEach(CompletableFuture::join);
      }
      assertThat(child.awaitExit(LONG)).as(child.output()).isZero();
      assertThat(other.awaitExit(LONG)).as(other.output()).isZero();
    }
    assertThat(done()).isEqualTo(RederivationStore.RANGES);
    assertThat(counted()).isEqualTo(expected);
    assertThat(latest()).containsExactlyInAnyOrderElementsOf(expected.values());

    Progress nothingLeft = run();
    assertThat(nothingLeft).isEqualTo(new Progress(RederivationStore.RANGES, 0, 0, 0));
  }

  @Test
  void report_that_cannot_be_read_stays_and_is_counted() throws Exception {
    storeTask(true).forEach(CompletableFuture::join);
    Measurement some = expected.values().iterator().next();
    UUID id = UUID.randomUUID();
    StoredReport broken =
        new StoredReport(id, AGENT, "key", new byte[1], new byte[] {1, 2}, "gzip", SLOT);
    ObjectNode of = Wire.mapper().valueToTree(some);
    of.put("reportId", id.toString()).put("taskId", UUID.randomUUID().toString());
    store.reports().write(broken, Wire.mapper().treeToValue(of, Measurement.class));
    await().atMost(LONG).until(() -> store.reportReader().find(id).isPresent());
    Progress progress = run();
    assertThat(progress.unreadable()).isEqualTo(1);
    assertThat(progress.reports()).isPositive();
    assertThat(counted()).containsAllEntriesOf(expected);
  }

  private Progress run() throws InterruptedException {
    return new Rederivation(new Derivation(Networks.NONE), AddressRule.KEEP_ALL, store)
        .run(p -> {});
  }

  private UUID one() {
    return expected.keySet().iterator().next();
  }

  private int done() {
    return store.rederivation().done(Derivation.VERSION).size();
  }

  private ChildJvm child() {
    return ChildJvm.start(
        RederiveChild.class,
        ChildJvm.quick(),
        Map.of(),
        Cassandra.shared().contactPoint().getHostString(),
        String.valueOf(Cassandra.shared().contactPoint().getPort()),
        Cassandra.shared().localDatacenter(),
        keyspace);
  }

  /** A task with one report, or two in whichever order, of which the lower attempt counts. */
  private List<CompletableFuture<Void>> storeTask(boolean old) throws Exception {
    UUID task = UUID.randomUUID();
    List<Integer> attempts =
        switch (random.nextInt(5)) {
          case 0 -> List.of(1, 2);
          case 1 -> List.of(3, 2);
          default -> List.of(1);
        };
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    int lowest = attempts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    for (int attempt : attempts) {
      Assignment assignment = ReportFixtures.assignment(campaign, task, attempt, AGENT);
      Report report =
          ReportFixtures.report(assignment, ReportFixtures.token(assignment, key), AGENT);
      Measurement derived =
          new Derivation(Networks.NONE).derive(report, assignment, AgentNetwork.enrolled(PROVIDER));
      if (attempt == lowest) {
        expected.put(task, derived);
      }
      Message message = ReportFixtures.signed(report, key);
      StoredReport stored =
          new StoredReport(
              report.reportId(), AGENT, "key", new byte[64], message.body(), "gzip", SLOT);
      writes.add(
          store.reports().write(stored, old ? older(derived) : derived).toCompletableFuture());
    }
    return writes;
  }

  private static Measurement older(Measurement derived) throws Exception {
    ObjectNode json = Wire.mapper().valueToTree(derived);
    json.put("derivationVersion", Derivation.VERSION - 1).put("goodputBps", 1);
    return Wire.mapper().treeToValue(json, Measurement.class);
  }

  private Map<UUID, Measurement> counted() {
    Map<UUID, Measurement> counted = new HashMap<>();
    store.measurements().ofCampaign(campaign, 0, m -> counted.put(m.taskId(), m));
    return counted;
  }

  private List<Measurement> latest() {
    List<Measurement> between = new ArrayList<>();
    store.measurements().between(SLOT.minusSeconds(1), SLOT.plusSeconds(1), between::add);
    return between;
  }
}
