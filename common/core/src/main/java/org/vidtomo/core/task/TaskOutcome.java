package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;

/**
 * Published by the aggregator once a report is stored: the coordinator accounts from it, the
 * dashboard shows it.
 *
 * @param storedAt the aggregator's clock
 * @param related links found on the page, for the next round
 */
public record TaskOutcome(
    int schemaVersion,
    UUID taskId,
    int attempt,
    UUID campaignId,
    int cycle,
    int round,
    String agentId,
    UUID reportId,
    Outcome outcome,
    Optional<FailureKind> failureKind,
    String url,
    Optional<String> provider,
    Instant scheduledAt,
    Instant storedAt,
    OptionalLong startupDelayMicros,
    OptionalLong goodputBps,
    List<String> related) {
  public static final int SCHEMA_VERSION = 1;

  public TaskOutcome {
    requireNonNull(taskId, "taskId");
    requireNonNull(campaignId, "campaignId");
    requireNonNull(agentId, "agentId");
    requireNonNull(reportId, "reportId");
    requireNonNull(outcome, "outcome");
    requireNonNull(url, "url");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(storedAt, "storedAt");
    related = related == null ? List.of() : List.copyOf(related);
  }
}
