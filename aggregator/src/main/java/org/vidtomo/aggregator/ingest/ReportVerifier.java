package org.vidtomo.aggregator.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.messaging.Senders;
import org.vidtomo.storage.StoredReport;

/**
 * Trusts a report only when an enrolled agent signed its exact bytes and sent it itself, and it
 * holds an assignment that a coordinator signed for that very agent. Everything else is poison,
 * with its reason.
 */
final class ReportVerifier {
  private final KnownKeys keys;
  private final Senders senders;
  private final FirstReports firstReports;
  private final Tickets tickets;
  private final Clock clock;

  /**
   * A report that may be stored.
   *
   * @param again whether it came before
   */
  record Verified(
      Report report,
      Assignment assignment,
      StoredReport stored,
      AgentNetwork network,
      boolean again) {}

  ReportVerifier(KnownKeys keys, Senders senders, FirstReports firstReports, Clock clock) {
    this.keys = keys;
    this.senders = senders;
    this.firstReports = firstReports;
    this.tickets = new Tickets(keys::coordinator);
    this.clock = clock;
  }

  /**
   * Verifies a message.
   *
   * @param userId the broker's user that sent it
   * @throws PoisonException when it must never be stored
   * @throws org.vidtomo.storage.StoreException when the keys cannot be looked up now
   */
  Verified verify(byte[] body, Map<String, String> headers, Optional<String> userId)
      throws PoisonException {
    SignedMessage message = signed(body, headers);
    KnownKeys.Agent agent = agent(message);
    Optional<String> objection = senders.objection(userId, agent.enrolled().id());
    if (objection.isPresent()) {
      throw new PoisonException(objection.get());
    }
    String encoding = ReportBody.encoding(headers);
    Report report = report(ReportBody.json(body, encoding));
    if (!report.agent().id().equals(agent.enrolled().id())) {
      throw new PoisonException(
          "signed by agent %s, but says it is of agent %s"
              .formatted(agent.enrolled().id(), report.agent().id()));
    }
    Instant received = clock.instant();
    Assignment assignment = assignment(report, agent.enrolled().id(), received);
    boolean again = firstReports.check(assignment, report.reportId());
    return new Verified(
        report,
        assignment,
        new StoredReport(
            report.reportId(),
            agent.enrolled().id(),
            message.keyId(),
            message.signature(),
            body,
            encoding,
            received),
        AgentNetwork.of(agent.enrolled(), tickets.of(report, assignment)),
        again);
  }

  private static SignedMessage signed(byte[] body, Map<String, String> headers)
      throws PoisonException {
    try {
      return SignedMessage.of(body, headers);
    } catch (TrustException e) {
      throw new PoisonException(e.getMessage(), e);
    }
  }

  private KnownKeys.Agent agent(SignedMessage message) throws PoisonException {
    KnownKeys.Agent agent =
        keys.agent(message.keyId())
            .orElseThrow(() -> new PoisonException("signed with a key that no enrolled agent has"));
    if (agent.enrolled().revokedAt().isPresent()) {
      throw new PoisonException("agent " + agent.enrolled().id() + " is revoked");
    }
    try {
      message.verify(agent.key());
      return agent;
    } catch (TrustException e) {
      throw new PoisonException(e.getMessage(), e);
    }
  }

  private static Report report(byte[] json) throws PoisonException {
    try {
      return Wire.read(json, Report.class);
    } catch (WireException e) {
      throw new PoisonException(e.getMessage(), e);
    }
  }

  private Assignment assignment(Report report, String agentId, Instant received)
      throws PoisonException {
    ReportAssignment embedded =
        report.assignment().orElseThrow(() -> new PoisonException("answers no assignment"));
    Assignment assignment = signedAssignment(embedded.signed());
    Acceptance.check(embedded, assignment, agentId, received);
    return assignment;
  }

  private Assignment signedAssignment(String token) throws PoisonException {
    try {
      SignedMessage message = SignedMessage.parseToken(token);
      VerifyingKey key =
          keys.coordinator(message.keyId())
              .orElseThrow(
                  () ->
                      new PoisonException(
                          "its assignment is signed with a key that no coordinator has"));
      return Wire.read(message.verify(key), Assignment.class);
    } catch (TrustException | WireException e) {
      throw new PoisonException("its assignment cannot be trusted: " + e.getMessage(), e);
    }
  }
}
