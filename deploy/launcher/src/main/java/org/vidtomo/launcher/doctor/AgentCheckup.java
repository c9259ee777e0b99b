package org.vidtomo.launcher.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidtomo.agent.service.AgentSettings;

/** The checks of a machine that measures: all that one with nothing but an agent gets. */
final class AgentCheckup {
  private AgentCheckup() {}

  static Doctor of(Machine machine, Duration limit) {
    AgentChecks agent = new AgentChecks(machine, limit);
    Map<String, Check> checks = new LinkedHashMap<>();
    addDirectories(checks, machine);
    add(checks, machine, limit, agent);
    return new Doctor(checks, limit, List.of(agent));
  }

  static void addDirectories(Map<String, Check> checks, Machine machine) {
    List<Path> directories = machine.directories();
    for (Path directory : directories) {
      String name = directories.size() == 1 ? "directory" : directory.getFileName().toString();
      checks.put("data " + name, DirectoryCheck.of(directory));
    }
  }

  static void add(Map<String, Check> checks, Machine machine, Duration limit, AgentChecks agent) {
    checks.put("clock", new ClockCheck(agent.coordinator(), machine, limit));
    checks.put("addresses", new AddressCheck(agent.coordinator()));
    checks.put("resolvers", new ResolverCheck(machine, limit));
    checks.put("ping", new PingCheck(limit));
    checks.put("yt-dlp", new ExtractorCheck(AgentSettings.extractor(machine.settings()), limit));
    checks.put("agent", agent::identity);
    checks.put("agent's broker", agent::broker);
    checks.put("agent's queue", agent::queue);
    checks.put("agent's reports", agent::reports);
  }
}
