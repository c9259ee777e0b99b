package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

/** An agent holds on to a ticket of a line that it measures from no more. */
class TicketsTest {
  private static final String AGENT = "agent-1";

  private final SigningKey coordinator = SigningKey.generate();
  private final Tickets tickets = new Tickets(id -> Optional.of(coordinator.publicKey()));
  private final Assignment assignment =
      ReportFixtures.assignment(UUID.randomUUID(), UUID.randomUUID(), 1, AGENT)
          .given(SLOT, new AssignedVideo("page", "page:1"));

  private boolean holds(Instant at, Instant startedAt) {
    NetworkTicket ticket =
        new NetworkTicket(
            AGENT,
            Optional.of("Ticket ISP"),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of("192.0.2.0/24"),
            at,
            at.plus(Duration.ofHours(6)));
    AgentInfo agent =
        new AgentInfo(
                AGENT,
                "vidtomo/test",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "ipv4")
            .withTicket(
                Optional.of(SignedMessage.sign(Wire.toBytes(ticket), coordinator).toToken()));
    Report report = ReportFixtures.report(assignment, "token", agent);
    Report begun = ReportFixtures.startedAt(report, startedAt);
    return tickets.of(begun, assignment).isPresent();
  }

  @Test
  void ticket_ofTheTimeInWhichTheTaskWasTheAgents_holds() {
    assertThat(holds(SLOT.minusSeconds(60), SLOT.plusSeconds(2))).isTrue();
    assertThat(holds(SLOT.minus(Duration.ofHours(6)), SLOT.plusSeconds(2))).isTrue();
    assertThat(holds(SLOT.plusSeconds(300), SLOT.plusSeconds(2))).isTrue();
  }

  @Test
  void ticket_ofYesterday_doesNotHold_whateverTheAgentSaysOfWhenItMeasured() {
    Instant yesterday = SLOT.minus(Duration.ofDays(1));
    for (Instant startedAt : new Instant[] {SLOT, yesterday, yesterday.plusSeconds(3_600)}) {
      assertThat(holds(yesterday, startedAt)).as("%s", startedAt).isFalse();
    }
  }

  @Test
  void ticket_ofALaterTime_doesNotHold() {
    Instant later = assignment.leaseUntil().plusSeconds(601);
    assertThat(holds(later, SLOT)).isFalse();
    assertThat(holds(later, later)).isFalse();
  }

  @Test
  void measurement_thatBeganOutsideOfItsLease_hasNoTicket() {
    assertThat(holds(SLOT, SLOT.minusSeconds(601))).isFalse();
    assertThat(holds(SLOT, assignment.leaseUntil().plusSeconds(601))).isFalse();
    assertThat(holds(SLOT, SLOT.minusSeconds(599))).isTrue();
  }
}
