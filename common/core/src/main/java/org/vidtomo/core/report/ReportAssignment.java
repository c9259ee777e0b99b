package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * The assignment that a report answers, as the coordinator signed it.
 *
 * @param attempt 1 for the first
 * @param cycle repetition of the campaign, from 0
 * @param round 0 for the seeds
 * @param scheduledAt the slot that all time buckets come from; the same for every attempt
 * @param leaseUntil the agent should have reported by then
 * @param signed the assignment message itself with its signature ({@link
 *     org.vidtomo.core.trust.SignedMessage#toToken()}), so that it can be verified without a
 *     look-up
 */
public record ReportAssignment(
    UUID taskId,
    int attempt,
    UUID campaignId,
    int cycle,
    int round,
    Instant scheduledAt,
    Instant leaseUntil,
    String signed) {
  public ReportAssignment {
    requireNonNull(taskId, "taskId");
    requireNonNull(campaignId, "campaignId");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(leaseUntil, "leaseUntil");
    requireNonNull(signed, "signed");
    if (attempt < 1 || cycle < 0 || round < 0) {
      throw new IllegalArgumentException(
          "attempt must be >= 1, cycle and round >= 0: " + attempt + ", " + cycle + ", " + round);
    }
  }
}
