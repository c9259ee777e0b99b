package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.spool.Spool;
import org.vidtomo.core.report.Outcome;

/**
 * What an agent counts. taken = measurements of all outcomes + repeated + refused + interrupted +
 * running.
 */
final class AgentMetrics {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Outcome, Counter> measurements = new EnumMap<>(Outcome.class);
  final Counter taken;
  final Counter repeated;
  final Counter refused;
  final Counter interrupted;
  final Counter postponed;

  AgentMetrics(MeterRegistry registry, String agentId) {
    this.registry = requireNonNull(registry, "registry");
    // Several agents may share a process, as in the demo.
    this.tags = Tags.of(Tag.of("agent", agentId));
    for (Outcome outcome : Outcome.values()) {
      measurements.put(
          outcome,
          Counter.builder("vidtomo.agent.measurements")
              .description("Reports made, by outcome")
              .tags(tags.and("outcome", outcome.wireName()))
              .register(registry));
    }
    taken = counter("taken", "Tasks that came");
    repeated = counter("repeated", "Tasks that came again after they were measured");
    refused = counter("refused", "Tasks not signed by the coordinator for this agent");
    interrupted = counter("interrupted", "Measurements given up when the agent ended");
    postponed = counter("postponed", "Times that a measurement waited for others to use the line");
  }

  void measured(Outcome outcome) {
    measurements.get(outcome).increment();
  }

  void observe(Spool spool) {
    gauge("spool.bytes", "Bytes of reports that wait on disk", spool, Spool::bytes);
    gauge("spool.reports", "Reports that wait on disk", spool, Spool::records);
    lost("spool.dropped", "Reports given up, too old or too many", spool, Spool::dropped);
    lost("spool.damaged", "Reports found damaged on disk", spool, Spool::damaged);
  }

  void observe(DataBudget budget) {
    gauge(
        "budget.left.bytes",
        "Bytes that may still go over the line for measurements",
        budget,
        DataBudget::leftBytes);
  }

  void observe(AgentDescription description) {
    gauge(
        "clock.offset.seconds",
        "The agent's clock minus the coordinator's",
        description,
        AgentDescription::clockOffsetSeconds);
  }

  void observe(PauseSwitch pause) {
    gauge("paused", "1 while its owner lets it take no tasks", pause, p -> number(p::paused));
    gauge("quiet", "1 in quiet hours", pause, p -> number(() -> p.quietUntil().isPresent()));
  }

  void observe(BooleanSupplier connected, BooleanSupplier consuming) {
    gauge("connected", "1 while there is a connection to the broker", connected, this::number);
    gauge("consuming", "1 while the broker sends tasks", consuming, this::number);
  }

  private double number(BooleanSupplier state) {
    return state.getAsBoolean() ? 1 : 0;
  }

  private Counter counter(String name, String description) {
    return Counter.builder("vidtomo.agent.tasks." + name)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder("vidtomo.agent." + name, of, value)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private <T> void lost(String name, String description, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder("vidtomo.agent." + name, of, value)
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
