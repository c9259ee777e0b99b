package org.vidtomo.launcher.doctor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.launcher.wiring.StoreComponent;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.StoreSettings;

/** The checks that a machine gets, in the order in which they are read. */
final class Checkup {
  private static final String NAME = "vidtomo-doctor";

  private Checkup() {}

  static Doctor of(Machine machine, Duration limit) {
    BrokerChecks broker = new BrokerChecks(broker(machine, limit));
    StoreChecks store = new StoreChecks(store(machine.settings()), limit);
    ServerChecks servers = new ServerChecks(machine, limit);
    AgentChecks agent = new AgentChecks(machine, limit);
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("java", new JavaCheck(Runtime.version().feature(), machine));
    AgentCheckup.addDirectories(checks, machine);
    checks.put("broker", broker::reachable);
    checks.put("broker rights", broker::rights);
    checks.put("broker queues", broker::queues);
    checks.put("broker messages", broker::messageSize);
    checks.put("broker users", new BrokerUsersCheck(machine.settings()));
    checks.put("cassandra", store::reachable);
    checks.put("cassandra schema", store::schema);
    checks.put("cassandra rights", store::rights);
    checks.put("coordinator", servers::coordinator);
    checks.put("token", servers::token);
    checks.put("dashboard", servers::dashboard);
    AgentCheckup.add(checks, machine, limit, agent);
    return new Doctor(checks, limit, List.of(broker, store, agent));
  }

  private static Optional<BrokerSettings> broker(Machine machine, Duration limit) {
    return machine
        .settings()
        .uri("amqp.uri")
        .map(uri -> BrokerSettings.of(uri, NAME))
        .map(named -> machine.certificates().map(named::withCertificates).orElse(named))
        .map(named -> AgentChecks.patient(named, limit));
  }

  private static Optional<StoreSettings> store(Settings settings) {
    return settings.string("cassandra.contact.points").map(p -> StoreComponent.settings(settings));
  }
}
