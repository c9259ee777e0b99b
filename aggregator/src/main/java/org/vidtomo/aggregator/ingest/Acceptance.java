package org.vidtomo.aggregator.ingest;

import java.time.Duration;
import java.time.Instant;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.derive.LeaseWindow;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.messaging.PoisonException;

/**
 * What a report must keep to of the assignment that it answers. Pure. When the measurement began is
 * the agent's word, and a wrong clock is no reason to throw a report away: that is for deriving
 * ({@link LeaseWindow}); when the report came is ours.
 */
final class Acceptance {
  /** Agents keep reports for seven days; a day more for the way. */
  static final Duration LATEST = Duration.ofDays(8);

  private Acceptance() {}

  /**
   * Checks.
   *
   * @param embedded as the report says it
   * @param assignment as a coordinator signed it
   * @param agentId whose report it is
   * @throws PoisonException when it answers another's assignment, another than it says, or at a
   *     time at which none can
   */
  static void check(
      ReportAssignment embedded, Assignment assignment, String agentId, Instant received)
      throws PoisonException {
    if (!assignment.agentId().equals(agentId)) {
      throw new PoisonException(
          "its assignment is agent %s's, not agent %s's".formatted(assignment.agentId(), agentId));
    }
    if (!same(embedded, assignment)) {
      throw new PoisonException("its assignment differs from what the coordinator signed");
    }
    if (assignment.attempt() >= Derivation.DECLINED) {
      throw new PoisonException("attempt " + assignment.attempt() + " is too high");
    }
    LeaseWindow lease = LeaseWindow.of(assignment);
    if (received.isAfter(lease.until().plus(LATEST))) {
      throw new PoisonException(
          "it came too late: its lease ended at %s, %d days are allowed"
              .formatted(lease.until(), LATEST.toDays()));
    }
    if (assignment.assignedAt().isPresent()
        && received.isBefore(lease.from().minus(LeaseWindow.MARGIN))) {
      throw new PoisonException(
          "it came before its assignment was given out at %s: see to the clocks of coordinator and"
                  .formatted(lease.from())
              + " aggregator");
    }
  }

  private static boolean same(ReportAssignment embedded, Assignment assignment) {
    return embedded.taskId().equals(assignment.taskId())
        && embedded.attempt() == assignment.attempt()
        && embedded.campaignId().equals(assignment.campaignId())
        && embedded.cycle() == assignment.cycle()
        && embedded.round() == assignment.round()
        && embedded.scheduledAt().equals(assignment.scheduledAt())
        && embedded.leaseUntil().equals(assignment.leaseUntil());
  }
}
