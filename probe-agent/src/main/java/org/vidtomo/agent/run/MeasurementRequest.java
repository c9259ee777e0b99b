package org.vidtomo.agent.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.MeasurementParameters;

/**
 * What to measure.
 *
 * @param url of the video's page, or of a media file
 * @param assignment the one that is being answered; absent from {@code vidtomo measure}
 */
public record MeasurementRequest(
    String url, MeasurementParameters parameters, Optional<ReportAssignment> assignment) {
  public MeasurementRequest {
    requireNonNull(url, "url");
    requireNonNull(parameters, "parameters");
    requireNonNull(assignment, "assignment");
  }
}
