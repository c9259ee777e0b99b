package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.vidtomo.core.task.Presence;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.runtime.Health;

/** What there is of an agent while it runs, and what that says of itself. */
record AgentParts(
    AgentStore store,
    AgentDescription description,
    BrokerConnection connection,
    ReportSender sender,
    TaskWorker worker,
    PauseSwitch pause,
    AgentWatch watch) {
  AgentParts {
    requireNonNull(store, "store");
    requireNonNull(description, "description");
    requireNonNull(connection, "connection");
    requireNonNull(sender, "sender");
    requireNonNull(worker, "worker");
    requireNonNull(pause, "pause");
    requireNonNull(watch, "watch");
  }

  Health health() {
    BrokerHealth broker = connection.check();
    String detail =
        broker.describe()
            + ", reports waiting: "
            + store.spool().records()
            + sender.problem().map(p -> " (" + p + ")").orElse("");
    if (!broker.connected()) {
      return Health.down(detail);
    }
    return broker.healthy() && sender.problem().isEmpty()
        ? Health.ok(detail)
        : Health.degraded(detail);
  }

  /** For its next sign of life. */
  Heartbeat.State state() {
    return new Heartbeat.State(
        // Every few seconds: nobody asks for the ticket here.
        description.get().withTicket(Optional.empty()),
        pause.rests() ? Presence.Status.PAUSED : Presence.Status.ACTIVE,
        worker.running(),
        store.budget().leftBytes());
  }

  /**
   * How the network looks from here, without asking anybody: a router that gets another address
   * breaks what passes through it.
   */
  List<Object> surroundings() {
    return List.of(
        InterfaceAddresses.ofNetworks(), Math.max(1, connection.metrics().connections()));
  }

  void showIn(AgentMetrics metrics) {
    metrics.observe(store.spool());
    metrics.observe(store.budget());
    metrics.observe(description);
    metrics.observe(pause);
    metrics.observe(() -> connection.check().connected(), () -> connection.check().consuming() > 0);
  }
}
