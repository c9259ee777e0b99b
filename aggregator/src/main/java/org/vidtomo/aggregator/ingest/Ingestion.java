package org.vidtomo.aggregator.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.flag.Flagging;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.HandlingStore;
import org.vidtomo.storage.Store;

/** The running ingest: a subscription, its handler, its threads and its retries. */
public final class Ingestion implements AutoCloseable {
  private final Retries retries;
  private final Lanes lanes;
  private final Suspects suspects;
  private final int prefetch;
  private volatile Subscription subscription;

  private Ingestion(int prefetch, int workers, HandlingStore handling) {
    this.prefetch = prefetch;
    retries = new Retries(this::pause, this::resume, this::hasRoom);
    lanes = new Lanes(workers);
    suspects = new Suspects(handling);
  }

  /**
   * Starts taking reports.
   *
   * @param trust which keys are coordinators'
   * @param senders who may send in an agent's name
   * @param addresses what is kept of agents' addresses
   * @param derivation makes measurements of them
   * @param settings how much at once, and how much of what is refused is kept
   */
  public static Ingestion start(
      Store store,
      BrokerConnection broker,
      CoordinatorTrust trust,
      Senders senders,
      AddressRule addresses,
      Derivation derivation,
      AggregatorSettings settings,
      MeterRegistry registry,
      Clock clock) {
    Ingestion ingestion = new Ingestion(settings.prefetch(), settings.workers(), store.handling());
    IngestMetrics metrics = new IngestMetrics(registry);
    IngestMetrics.waiting(registry, ingestion.retries::waiting);
    Ingest handler =
        new Ingest(
            new ReportVerifier(
                new KnownKeys(store.agents(), store.keys(), trust, clock),
                senders,
                new FirstReports(store.reportReader(), clock),
                clock),
            new StoredAddresses(addresses),
            derivation,
            store.reports(),
            new Flagging(store.standing(), clock)::look,
            broker.publisher(),
            ingestion.lanes,
            ingestion.suspects,
            new Refusals(senders, settings.refusedBytes(), store.standing(), metrics, clock),
            ingestion.retries,
            Patience.DEFAULT,
            metrics,
            clock);
    ingestion.subscription =
        broker.subscribe(Topology.REPORTS_INGEST, settings.prefetch(), handler);
    if (ingestion.retries.holding()) {
      // A first report may have failed before the subscription was known here.
      ingestion.pause();
    }
    return ingestion;
  }

  /** How many reports wait for another try. */
  public int waiting() {
    return retries.waiting();
  }

  private boolean hasRoom() {
    Subscription open = subscription;
    return open != null && open.inFlight() < prefetch;
  }

  private void pause() {
    Subscription open = subscription;
    if (open != null) {
      open.pause();
    }
  }

  private void resume() {
    Subscription open = subscription;
    if (open != null) {
      open.resume();
    }
  }

  @Override
  public void close() {
    subscription.close();
    retries.close();
    lanes.close();
    suspects.close();
  }
}
