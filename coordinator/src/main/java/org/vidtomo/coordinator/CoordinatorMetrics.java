package org.vidtomo.coordinator;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.vidtomo.coordinator.assign.Dispatcher;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.assign.OutcomeAccount;
import org.vidtomo.coordinator.assign.PresenceListener;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.Counts;

/** What a coordinator shows of itself at {@code /metrics} while it leads. */
final class CoordinatorMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();

  CoordinatorMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void bind(Campaigns campaigns, Fleet fleet, Dispatcher dispatcher) {
    tasks(campaigns, "queued", Counts::queued);
    tasks(campaigns, "running", Counts::running);
    tasks(campaigns, "done", Counts::done);
    tasks(campaigns, "expired", Counts::expired);
    tasks(campaigns, "cancelled", Counts::cancelled);
    gauge(
        "vidtomo.coordinator.campaigns.open",
        "Campaigns that are running or paused",
        () -> campaigns.all().stream().filter(c -> !c.row().status().ended()).count());
    gauge("vidtomo.coordinator.agents.enrolled", "Agents enrolled", () -> fleet.all().size());
    gauge(
        "vidtomo.coordinator.agents.alive",
        "Agents heard of lately",
        () -> fleet.all().stream().filter(fleet::alive).count());
    gauge(
        "vidtomo.coordinator.reassignment.frozen",
        "1 while tasks of silent agents are left with them",
        () -> dispatcher.frozen() ? 1 : 0);
    counter(
        "vidtomo.coordinator.assigned", "Tasks given to agents", dispatcher, Dispatcher::assigned);
    counter(
        "vidtomo.coordinator.leases.ended",
        "Tasks taken from agents since their lease was over",
        dispatcher,
        Dispatcher::reassigned);
  }

  void bind(PresenceListener presence, OutcomeAccount outcomes) {
    counter(
        "vidtomo.coordinator.heartbeats.refused",
        "Heartbeats not signed by an enrolled agent, or not readable",
        presence,
        PresenceListener::refused);
    counter(
        "vidtomo.coordinator.outcomes.accounted",
        "Outcomes that ended a task",
        outcomes,
        OutcomeAccount::accounted);
    counter(
        "vidtomo.coordinator.outcomes.repeated",
        "Outcomes of tasks that had ended already",
        outcomes,
        OutcomeAccount::repeated);
    counter(
        "vidtomo.coordinator.outcomes.unknown",
        "Outcomes of tasks that the store does not know",
        outcomes,
        OutcomeAccount::unknown);
  }

  private void tasks(Campaigns campaigns, String state, ToLongFunction<Counts> count) {
    meters.add(
        Gauge.builder(
                "vidtomo.coordinator.tasks",
                campaigns,
                all ->
                    all.all().stream().mapToLong(c -> count.applyAsLong(c.tally().counts())).sum())
            .description("Tasks of all campaigns by state")
            .tag("state", state)
            .register(registry));
  }

  private void gauge(String name, String description, java.util.function.Supplier<Number> value) {
    meters.add(Gauge.builder(name, value).description(description).register(registry));
  }

  private <T> void counter(
      String name, String description, T source, java.util.function.ToDoubleFunction<T> count) {
    meters.add(
        FunctionCounter.builder(name, source, count).description(description).register(registry));
  }

  /** The next tenure's are other objects. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}
