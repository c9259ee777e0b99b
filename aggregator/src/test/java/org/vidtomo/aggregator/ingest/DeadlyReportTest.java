package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.AggregatorRig;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;

/**
 * A report that ends each process that reads it, among good ones. A process stands still when it
 * reads it and is then cut off from the broker, as if it had died; its successor is another one to
 * the store.
 */
class DeadlyReportTest {
  private static final int GOOD = 60;
  private static final int MANY_STARTS = 20;
  private static final Duration DEATH = Duration.ofMillis(200);

  private final SigningKey deadly = SigningKey.generate();
  private final AtomicInteger starts = new AtomicInteger();
  private AggregatorRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregatorRig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void report_that_ends_processes_is_a_dead_letter_and_the_others_are_stored() throws Exception {
    List<UUID> sent = new ArrayList<>(rig.sendReports(GOOD / 2));
    Report report = rig.report(UUID.randomUUID(), 1);
    rig.send(ReportFixtures.signed(report, deadly));
    sent.addAll(rig.sendReports(GOOD / 2));

    while (rig.dead.isEmpty() && starts.get() < MANY_STARTS) {
      runUntilDeathOrEnd();
    }
    assertThat(rig.dead).singleElement().asString().contains("ended 5 times").contains("in hand");
    // The first death is no one's in particular: others were in hand.
    assertThat(starts).hasValue(1 + Suspects.MOST_DEATHS + 1);
    assertThat(rig.counted())
        .extracting(Measurement::reportId)
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  private void runUntilDeathOrEnd() throws Exception {
    starts.incrementAndGet();
    CountDownLatch dying = new CountDownLatch(1);
    BrokerConnection own = rig.connect("aggregator", DEATH);
    try (Lanes lanes = new Lanes(2);
        Retries retries = new Retries(() -> {}, () -> {}, () -> true)) {
      Ingest ingest = ingest(new DeadlyAgents(dying), own, lanes, retries);
      own.subscribe(Topology.REPORTS_INGEST, 50, ingest);
      await()
          .atMost(AggregatorRig.PATIENCE)
          .until(() -> dying.getCount() == 0 || (rig.told() == GOOD && !rig.dead.isEmpty()));
      own.close();
    }
  }

  private Ingest ingest(AgentStore agents, BrokerConnection own, Lanes lanes, Retries retries) {
    Clock clock = Clock.systemUTC();
    IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    return new Ingest(
        new ReportVerifier(
            new KnownKeys(agents, rig.store.keys(), clock),
            new Senders(Set.of(own.user())),
            new FirstReports(rig.store.reportReader(), clock),
            clock),
        new StoredAddresses(AddressRule.KEEP_ALL),
        new Derivation(Networks.NONE),
        rig.store.reports(),
        measurement -> {},
        own.publisher(),
        lanes,
        new Suspects(rig.store.handling()),
        new Refusals(new Senders(Set.of()), 1 << 20, rig.store.standing(), metrics, clock),
        retries,
        Patience.DEFAULT,
        metrics,
        clock);
  }

  /** Whoever asks for the deadly key gets no answer any more. */
  private final class DeadlyAgents implements AgentStore {
    private final CountDownLatch dying;

    DeadlyAgents(CountDownLatch dying) {
      this.dying = dying;
    }

    @Override
    public Optional<EnrolledAgent> findByKey(String keyId) {
      if (keyId.equals(deadly.publicKey().id())) {
        dying.countDown();
        while (true) {
          LockSupport.park(); // Also when it is interrupted: the dead do nothing more.
        }
      }
      return rig.store.agents().findByKey(keyId);
    }

    @Override
    public void insert(EnrolledAgent agent) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<EnrolledAgent> find(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<EnrolledAgent> list() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(String id, Instant at) {
      throw new UnsupportedOperationException();
    }
  }
}
