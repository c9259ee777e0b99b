package org.vidtomo.runtime.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.vidtomo.runtime.AddressMask;
import org.vidtomo.runtime.Version;

/**
 * A process's metrics: its own, named {@code vidtomo.…}, and the JVM's. Prometheus sees dots as
 * underscores. No label holds a full public address, whoever chose it: everybody may read them.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /** The JVM's metrics and {@code vidtomo_build_info}. */
  public Metrics() {
    registry.config().meterFilter(masked());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    Gauge.builder("vidtomo.build.info", () -> 1)
        .description("Always 1; the label is the software's version")
        .tag("version", Version.number())
        .register(registry);
  }

  private static MeterFilter masked() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.replaceTags(
            id.getTags().stream()
                .map(tag -> Tag.of(tag.getKey(), AddressMask.mask(tag.getValue())))
                .toList());
      }
    };
  }

  /** Where to register meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Everything in Prometheus's text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
