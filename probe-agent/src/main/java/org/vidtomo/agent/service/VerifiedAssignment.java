package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import org.vidtomo.agent.spool.TaskKey;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.Assignment;

/**
 * An assignment that a certified coordinator signed for this agent.
 *
 * @param signed the message itself, as a token
 * @param certificate of the coordinator's key, as a token
 */
record VerifiedAssignment(Assignment assignment, String signed, String certificate) {
  VerifiedAssignment {
    requireNonNull(assignment, "assignment");
    requireNonNull(signed, "signed");
    requireNonNull(certificate, "certificate");
  }

  TaskKey key() {
    return new TaskKey(assignment.taskId(), assignment.attempt());
  }

  /** As it stands in the report. */
  ReportAssignment inReport() {
    return new ReportAssignment(
        assignment.taskId(),
        assignment.attempt(),
        assignment.campaignId(),
        assignment.cycle(),
        assignment.round(),
        assignment.scheduledAt(),
        assignment.leaseUntil(),
        signed);
  }
}
