package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.messaging.PoisonException;

class AcceptanceTest {
  private static final Instant GIVEN = SLOT.plusSeconds(300);
  private static final Instant LEASE_END = SLOT.plusSeconds(600);

  private final Assignment older =
      ReportFixtures.assignment(UUID.randomUUID(), UUID.randomUUID(), 1, "agent-1");
  private final Assignment assignment = older.given(GIVEN, new AssignedVideo("page", "page:1"));

  private static void check(Assignment of, Instant received) throws PoisonException {
    ReportAssignment embedded =
        new ReportAssignment(
            of.taskId(),
            of.attempt(),
            of.campaignId(),
            of.cycle(),
            of.round(),
            of.scheduledAt(),
            of.leaseUntil(),
            "token");
    Acceptance.check(embedded, of, "agent-1", received);
  }

  @Test
  void report_isTaken_fromWhenItsTaskWasGivenOut_untilEightDaysAfterItsLease() {
    for (Duration after : new Duration[] {Duration.ZERO, Duration.ofDays(7), Duration.ofDays(8)}) {
      assertThatCode(() -> check(assignment, LEASE_END.plus(after))).doesNotThrowAnyException();
    }
    assertThatCode(() -> check(assignment, GIVEN)).doesNotThrowAnyException();
    assertThatCode(() -> check(assignment, GIVEN.minusSeconds(599))).doesNotThrowAnyException();
  }

  @Test
  void report_thatComesLater_isTooLate() {
    Instant late = LEASE_END.plus(Duration.ofDays(8)).plusMillis(1);
    assertThatThrownBy(() -> check(assignment, late)).hasMessageContaining("came too late");
    assertThatThrownBy(() -> check(older, late)).hasMessageContaining("came too late");
  }

  @Test
  void report_thatComesBeforeItsTaskWasGivenOut_isRefused() {
    assertThatThrownBy(() -> check(assignment, GIVEN.minusSeconds(601)))
        .isInstanceOf(PoisonException.class)
        .hasMessageContaining("before its assignment was given out");
    assertThatCode(() -> check(older, SLOT.minusSeconds(9_000))).doesNotThrowAnyException();
  }
}
