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
    Settings settings = Settings.of(Map.of("agent.heartbeat", "200ms", "agent.drain", "1s"));
    return ProbeAgent.create(
        AgentSettings.from(settings, directory),
        AgentIdentity.load(new AgentDirectory(directory)),
        instrument::with,
        registry,
        Clock.systemDefaultZone());
  }
}
