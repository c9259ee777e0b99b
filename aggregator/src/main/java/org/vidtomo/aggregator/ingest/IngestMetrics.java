package org.vidtomo.aggregator.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/**
 * received = stored + dead + in flight, where each redelivery is received again and what was in
 * flight when a connection broke is received once more.
 */
final class IngestMetrics {
  private final Counter received;
  private final Counter stored;
  private final Counter dead;
  private final Counter forgotten;
  private final Counter failed;

  IngestMetrics(MeterRegistry registry) {
    received = counter(registry, "vidtomo.reports.received", "reports taken from the broker");
    stored = counter(registry, "vidtomo.reports.stored", "reports stored and acked");
    dead =
        counter(
            registry,
            "vidtomo.reports.dead",
            "reports refused: dead letters, but for those that are forgotten");
    forgotten =
        counter(
            registry,
            "vidtomo.reports.forgotten",
            "reports refused, of senders of whom too many are dead letters: kept by nobody");
    failed = counter(registry, "vidtomo.reports.tries.failed", "tries that failed for now");
  }

  static void waiting(MeterRegistry registry, IntSupplier waiting) {
    Gauge.builder("vidtomo.reports.waiting", waiting, IntSupplier::getAsInt)
        .description("reports that wait for another try")
        .register(registry);
  }

  void received() {
    received.increment();
  }

  void stored() {
    stored.increment();
  }

  void dead() {
    dead.increment();
  }

  void forgotten() {
    forgotten.increment();
  }

  void failed() {
    failed.increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
