package org.vidtomo.coordinator.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Alerts at {@code /metrics}: how many of each kind, and the first hundred by their subjects. */
final class AlertMetrics implements AutoCloseable {
  private static final int SHOWN = 100;

  private final MeterRegistry registry;
  private final MultiGauge each;
  private final List<Meter> meters = new ArrayList<>();

  AlertMetrics(MeterRegistry registry, AlertBook book, LongSupplier deadLetters) {
    this.registry = registry;
    this.each =
        MultiGauge.builder("vidtomo.alert")
            .description("1 for each alert that is raised now, 100 at most")
            .register(registry);
    for (AlertKind kind : AlertKind.values()) {
      meters.add(
          Gauge.builder(
                  "vidtomo.alerts",
                  book,
                  b -> b.all().stream().filter(a -> a.finding().kind() == kind).count())
              .description("Alerts that are raised now")
              .tag("kind", kind.wireName())
              .register(registry));
    }
    meters.add(
        Gauge.builder("vidtomo.dead.letters", () -> deadLetters.getAsLong())
            .description("Messages that could not be handled and wait for someone to look at them")
            .register(registry));
  }

  void show(List<Alert> alerts) {
    each.register(
        alerts.stream()
            .limit(SHOWN)
            .map(
                alert ->
                    MultiGauge.Row.of(
                        Tags.of(
                            "kind",
                            alert.finding().kind().wireName(),
                            "subject",
                            alert.finding().subject()),
                        1))
            .toList(),
        true);
  }

  @Override
  public void close() {
    each.register(List.of(), true);
    meters.forEach(registry::remove);
  }
}
