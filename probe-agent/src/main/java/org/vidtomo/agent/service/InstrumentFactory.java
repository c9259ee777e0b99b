package org.vidtomo.agent.service;

import java.time.Clock;
import java.util.function.Supplier;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.core.report.AgentInfo;

/** Makes the instrument that an agent measures with. */
@FunctionalInterface
public interface InstrumentFactory {
  /**
   * What an instrument is bound by.
   *
   * @param agent who measures
   */
  record Bounds(
      LocalSettings local,
      AddressGuard addresses,
      UrlGuard urls,
      ByteBudget budget,
      Supplier<AgentInfo> agent) {}

  /** Makes the real one. */
  static InstrumentFactory real(Clock clock) {
    return bounds ->
        new TaskRunner(
            bounds.local(),
            new TaskRunner.Policy(bounds.addresses(), bounds.urls(), bounds.budget()),
            bounds.agent(),
            ProgressListener.NONE,
            clock,
            System::nanoTime);
  }

  /** An instrument; if it is {@link AutoCloseable} it is closed with the agent. */
  Instrument create(Bounds bounds);
}
