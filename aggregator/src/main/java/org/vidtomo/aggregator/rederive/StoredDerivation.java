package org.vidtomo.aggregator.rederive;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.ingest.CoordinatorTrust;
import org.vidtomo.aggregator.ingest.KnownKeys;
import org.vidtomo.aggregator.ingest.ReportBody;
import org.vidtomo.aggregator.ingest.Tickets;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.RederivationStore;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoredReport;

/**
 * Derives a stored report. Its signatures were verified before it was stored, or it was imported
 * and is marked as such: they are not verified again. For one thread.
 */
final class StoredDerivation {
  private static final int MOST_AGENTS = 10_000;

  private final Derivation derivation;
  private final AddressRule rule;
  private final RederivationStore store;
  private final AgentStore agents;
  private final Tickets tickets;
  private final Map<String, Optional<EnrolledAgent>> enrolled = BoundedMaps.byUse(MOST_AGENTS);

  StoredDerivation(Derivation derivation, AddressRule rule, Store store) {
    this.derivation = requireNonNull(derivation, "derivation");
    this.rule = requireNonNull(rule, "rule");
    this.store = store.rederivation();
    this.agents = store.agents();
    Clock clock = Clock.systemUTC();
    CoordinatorTrust trust = CoordinatorTrust.whenever(store.keys(), clock);
    this.tickets = new Tickets(new KnownKeys(agents, store.keys(), trust, clock)::coordinator);
  }

  /**
   * Derives.
   *
   * @return empty for an imported one that does not count, or of which nothing says which campaign
   *     it was put into
   * @throws WireException when it cannot be read
   */
  Optional<Measurement> derive(StoredReport stored) throws WireException {
    Report report = report(stored);
    if (stored.importedFrom().isPresent()) {
      return imported(stored, report);
    }
    Assignment assignment = assignment(report);
    return Optional.of(
        derivation.derive(
            report,
            assignment,
            rule.of(network(stored.agentId(), tickets.of(report, assignment)))));
  }

  private static Report report(StoredReport stored) throws WireException {
    try {
      return Wire.read(ReportBody.json(stored.body(), stored.encoding()), Report.class);
    } catch (PoisonException e) {
      throw new WireException(e.getMessage(), e);
    }
  }

  private static Assignment assignment(Report report) throws WireException {
    try {
      String token =
          report
              .assignment()
              .orElseThrow(() -> new WireException("answers no assignment"))
              .signed();
      return Wire.read(SignedMessage.parseToken(token).body(), Assignment.class);
    } catch (TrustException e) {
      throw new WireException("its assignment cannot be read: " + e.getMessage(), e);
    }
  }

  private AgentNetwork network(String agentId, Optional<NetworkTicket> ticket) {
    return enrolled
        .computeIfAbsent(agentId, agents::find)
        .map(agent -> AgentNetwork.of(agent, ticket))
        .orElseGet(() -> new AgentNetwork(Optional.empty(), Optional.empty(), ticket));
  }

  /**
   * What the other installation knew of the agent's ISP came beside the report and stands in its
   * measurement alone.
   */
  private Optional<Measurement> imported(StoredReport stored, Report report) throws WireException {
    if (report.assignment().isEmpty()) {
      UUID campaign = UUID.fromString(stored.importedFrom().orElseThrow());
      return store
          .counted(campaign, 0, report.reportId())
          .map(before -> derivation.deriveUnassigned(report, campaign));
    }
    Assignment assignment = assignment(report);
    return store
        .counted(assignment.campaignId(), assignment.cycle(), assignment.taskId())
        .filter(before -> before.reportId().equals(report.reportId()))
        .map(
            before ->
                derivation.derive(report, assignment, AgentNetwork.enrolled(before.provider())));
  }
}
