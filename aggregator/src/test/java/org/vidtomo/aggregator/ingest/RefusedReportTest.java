package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.AggregatorRig;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportWriter;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoredReport;

/** A report that the store never takes, while it takes all others. */
class RefusedReportTest {
  private static final Patience QUICK =
      new Patience(Duration.ofMillis(20), Duration.ofMillis(200), 5);

  @Test
  void report_that_the_store_alone_refuses_is_a_dead_letter_and_holds_nobody_up() throws Exception {
    AtomicReference<Subscription> subscription = new AtomicReference<>();
    try (AggregatorRig rig = new AggregatorRig();
        BrokerConnection own = rig.connect("aggregator", Duration.ofSeconds(5));
        Lanes lanes = new Lanes(2);
        Retries retries =
            new Retries(
                () -> subscription.get().pause(), () -> subscription.get().resume(), () -> true)) {
      Report refused = rig.report(UUID.randomUUID(), 1);
      subscription.set(
          own.subscribe(
              Topology.REPORTS_INGEST,
              20,
              ingest(rig, own, new Refusing(rig.store.reports(), refused), lanes, retries)));
      List<UUID> sent = new ArrayList<>(rig.sendReports(10));
      rig.send(ReportFixtures.signed(refused, rig.agentKey));
      await().atMost(AggregatorRig.PATIENCE).until(() -> retries.waiting() == 1);

      while (rig.dead.isEmpty()) {
        sent.addAll(rig.sendReports(1));
        await()
            .atMost(AggregatorRig.PATIENCE)
            .until(() -> rig.told() == sent.size() || !rig.dead.isEmpty());
      }

      assertThat(rig.dead)
          .singleElement()
          .asString()
          .contains("could not be stored", "while others were", "the disk of its node");
      sent.addAll(rig.sendReports(10));
      await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() == sent.size());
      assertThat(rig.counted())
          .extracting(Measurement::reportId)
          .containsExactlyInAnyOrderElementsOf(sent);
      assertThat(retries.waiting()).isZero();
    }
  }

  private static Ingest ingest(
      AggregatorRig rig, BrokerConnection own, ReportWriter writer, Lanes lanes, Retries retries) {
    Clock clock = Clock.systemUTC();
    IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    return new Ingest(
        new ReportVerifier(
            new KnownKeys(rig.store.agents(), rig.store.keys(), clock),
            new Senders(Set.of(own.user())),
            new FirstReports(rig.store.reportReader(), clock),
            clock),
        new StoredAddresses(AddressRule.KEEP_ALL),
        new Derivation(Networks.NONE),
        writer,
        measurement -> {},
        own.publisher(),
        lanes,
        new Suspects(rig.store.handling()),
        new Refusals(new Senders(Set.of()), 1 << 20, rig.store.standing(), metrics, clock),
        retries,
        QUICK,
        metrics,
        clock);
  }

  private record Refusing(ReportWriter others, Report refused) implements ReportWriter {
    @Override
    public CompletionStage<Void> write(StoredReport report, Measurement measurement) {
      return report.reportId().equals(refused.reportId())
          ? CompletableFuture.failedFuture(
              new StoreException("the disk of its node fails", new IOException()))
          : others.write(report, measurement);
    }

    @Override
    public CompletionStage<Void> rewrite(Measurement measurement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> rewriteImported(Measurement measurement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> writeImported(StoredReport report, Measurement measurement) {
      throw new UnsupportedOperationException();
    }
  }
}
