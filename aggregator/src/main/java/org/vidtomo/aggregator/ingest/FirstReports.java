package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.ReportReader.TaskReport;

/**
 * Holds each attempt to one report: an assignment that is signed once must not be answered for
 * ever. Of those whose lease is over for a while the store is asked; of the others, which are all
 * but a few, memory tells. Several aggregators remember each for itself, so that while a lease runs
 * each may take one. Thread-safe.
 */
final class FirstReports {
  /** 200 bytes each: 40 MB. */
  private static final int MOST = 200_000;

  /** Later than that an attempt may have been answered and forgotten here, or elsewhere. */
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  private final ReportReader reports;
  private final Clock clock;
  private final Map<Attempt, UUID> first = BoundedMaps.byAge(MOST);

  private record Attempt(UUID task, int number, String agent) {}

  /** Nothing is remembered yet. */
  FirstReports(ReportReader reports, Clock clock) {
    this.reports = requireNonNull(reports, "reports");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Checks, and remembers. The same report may come again.
   *
   * @return whether it does
   * @throws PoisonException when another report has answered the assignment
   * @throws org.vidtomo.storage.StoreException when the store cannot be asked now
   */
  boolean check(Assignment assignment, UUID reportId) throws PoisonException {
    Attempt attempt = new Attempt(assignment.taskId(), assignment.attempt(), assignment.agentId());
    UUID known;
    synchronized (first) {
      known = first.get(attempt);
    }
    Instant late = assignment.leaseUntil().plus(REMEMBERED);
    if (known == null && clock.instant().isAfter(late)) {
      known = stored(attempt, reportId);
    }
    synchronized (first) {
      UUID before = first.putIfAbsent(attempt, known == null ? reportId : known);
      known = before == null ? known : before;
    }
    if (known != null && !known.equals(reportId)) {
      throw new PoisonException(
          "attempt %d of task %s is answered already, by report %s"
              .formatted(attempt.number(), attempt.task(), known));
    }
    return known != null;
  }

  /** What is stored of the attempt; the report itself, if it is among that. */
  private UUID stored(Attempt attempt, UUID reportId) {
    UUID found = null;
    for (TaskReport report : reports.ofTask(attempt.task())) {
      // One that measured nothing is stored behind all others.
      boolean same = report.attempt() % Derivation.DECLINED == attempt.number();
      if (same && report.agentId().equals(attempt.agent()) && !reportId.equals(found)) {
        found = report.reportId();
      }
    }
    return found;
  }
}
