package org.vidtomo.agent.service;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.runtime.settings.Settings;

/** Makes agents as their main does, with a fake instrument. */
final class AgentRig {
  private AgentRig() {}

  static ProbeAgent agent(Path directory, FakeInstrument instrument, SimpleMeterRegistry registry)
      throws IOException {
    return ProbeAgent.create(
        settings(directory),
        identity(directory),
        instrument::with,
        registry,
        Clock.systemDefaultZone());
  }

  static ProbeAgent realAgent(Path directory, SimpleMeterRegistry registry) throws IOException {
    return ProbeAgent.create(
        settings(directory), identity(directory), registry, Clock.systemDefaultZone());
  }

  private static AgentSettings settings(Path directory) {
    Settings settings = Settings.of(Map.of("agent.heartbeat", "200ms", "agent.drain", "1s"));
    return AgentSettings.from(settings, directory);
  }

  private static AgentIdentity identity(Path directory) throws IOException {
    return AgentIdentity.load(new AgentDirectory(directory));
  }
}
