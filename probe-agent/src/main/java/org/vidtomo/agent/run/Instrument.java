package org.vidtomo.agent.run;

import java.time.Duration;
import org.vidtomo.core.report.Report;

/** Measures one video. */
@FunctionalInterface
public interface Instrument {
  /** The longest that a measurement may take, whatever is asked for. */
  Duration LONGEST = Duration.ofMinutes(3);

  /**
   * Measures, on the calling thread; one measurement at a time, others wait. Whatever goes wrong on
   * the way is in the report. Interrupting the thread ends the measurement at once; its report then
   * says {@code interrupted}, and the thread stays interrupted.
   *
   * @return always a report, within {@link #LONGEST} and a second
   */
  Report measure(MeasurementRequest request);
}
