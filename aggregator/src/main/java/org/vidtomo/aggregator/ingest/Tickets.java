package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.aggregator.derive.LeaseWindow;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * The tickets that reports carry. One that does not hold takes nothing from the report: what it
 * would have said is then the agent's own word.
 */
public final class Tickets {
  private static final Logger LOG = LoggerFactory.getLogger(Tickets.class);

  private final Function<String, Optional<VerifyingKey>> coordinators;

  /**
   * Nothing is looked up yet.
   *
   * @param coordinators the key of a coordinator, by its id
   */
  public Tickets(Function<String, Optional<VerifyingKey>> coordinators) {
    this.coordinators = requireNonNull(coordinators, "coordinators");
  }

  /**
   * The report's ticket, if a coordinator signed it for the report's agent and for the time in
   * which the task was the agent's. Both times are the coordinator's: what the agent says of when
   * it measured cannot make a ticket fit, but it can show that none does.
   */
  public Optional<NetworkTicket> of(Report report, Assignment assignment) {
    LeaseWindow lease = LeaseWindow.of(assignment);
    return report
        .agent()
        .ticket()
        .filter(token -> lease.holds(report.startedAt()))
        .flatMap(token -> of(report, lease, token));
  }

  private Optional<NetworkTicket> of(Report report, LeaseWindow lease, String token) {
    try {
      SignedMessage message = SignedMessage.parseToken(token);
      VerifyingKey key =
          coordinators
              .apply(message.keyId())
              .orElseThrow(() -> new TrustException("signed with a key that no coordinator has"));
      NetworkTicket ticket = Wire.read(message.verify(key), NetworkTicket.class);
      if (!lease.holds(ticket, report.agent().id())) {
        throw new TrustException("it is of another agent or another time");
      }
      return Optional.of(ticket);
    } catch (TrustException | WireException e) {
      LOG.debug(
          "a report's network ticket does not hold reportId={} agent={} why={}",
          report.reportId(),
          report.agent().id(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
