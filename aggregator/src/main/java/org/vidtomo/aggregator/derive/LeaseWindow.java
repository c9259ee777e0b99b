package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;

/**
 * When a task was an agent's, by the coordinator's clock: what an agent says of time is held
 * against it.
 *
 * @param from when it was given out
 * @param until when its lease ended
 */
public record LeaseWindow(Instant from, Instant until) {
  /** Clocks may be so far apart. */
  public static final Duration MARGIN = Duration.ofMinutes(10);

  public LeaseWindow {
    requireNonNull(from, "from");
    requireNonNull(until, "until");
  }

  /** An assignment's; older ones tell their slot alone, which is never later. */
  public static LeaseWindow of(Assignment assignment) {
    return new LeaseWindow(
        assignment.assignedAt().orElse(assignment.scheduledAt()), assignment.leaseUntil());
  }

  /** Whether a measurement can have begun then, by {@link #MARGIN}. */
  public boolean holds(Instant startedAt) {
    return !startedAt.isBefore(from.minus(MARGIN)) && !startedAt.isAfter(until.plus(MARGIN));
  }

  /** Whether a ticket speaks of that agent in this time. */
  public boolean holds(NetworkTicket ticket, String agent) {
    return ticket.holds(agent, from, until);
  }

  /**
   * How far an agent's clock is off: what it says itself, or what follows at the least from a
   * measurement that began outside of its lease. One that measured nothing since its lease was over
   * began after it.
   */
  OptionalLong clockOffsetMicros(Report report) {
    Instant started = report.startedAt();
    if (holds(started) || report.outcome() == Outcome.EXPIRED) {
      return report.agent().clockOffsetMicros();
    }
    return OptionalLong.of(
        micros(Duration.between(started.isBefore(from) ? from : until, started)));
  }

  private static long micros(Duration off) {
    try {
      return Math.addExact(Math.multiplyExact(off.getSeconds(), 1_000_000L), off.getNano() / 1_000);
    } catch (ArithmeticException e) {
      return off.isNegative() ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
  }
}
