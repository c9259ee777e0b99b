package org.vidtomo.launcher.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.dataset.Collected;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.StoredReport;

/**
 * A report of a data set, ready to be stored: derived as the aggregator derives it, but for the
 * signatures. The coordinator's and the agent's keys are those of another installation.
 *
 * @param line its number
 */
record ImportedReport(long line, StoredReport stored, Measurement measurement) {
  /** No campaign repeats so often; a bound for what reads all cycles of one. */
  private static final int MAX_CYCLE = 100_000;

  /**
   * Derives what is stored.
   *
   * @param derivation makes measurements of reports
   * @param withoutAssignment the campaign of reports that answer none
   * @param now when they are imported, for those that do not say when they were received
   * @throws WireException when the report contradicts itself or is too large
   */
  static ImportedReport of(
      Derivation derivation,
      long line,
      Entry.Reported entry,
      UUID dataSet,
      UUID withoutAssignment,
      Instant now)
      throws WireException {
    Report report = entry.report();
    StoredReport stored =
        StoredReport.imported(
            dataSet,
            report.reportId(),
            report.agent().id(),
            body(entry.json()),
            entry.collected().map(Collected::receivedAt).orElse(now));
    Optional<ReportAssignment> assignment = report.assignment();
    Measurement measurement =
        assignment.isPresent()
            ? derive(derivation, report, assignment(report, assignment.get()), entry.collected())
            : derivation.deriveUnassigned(report, withoutAssignment);
    if (measurement.cycle() > MAX_CYCLE) {
      throw new WireException("cycle %d is over %d".formatted(measurement.cycle(), MAX_CYCLE));
    }
    if (!ImportedCampaigns.storable(measurement.scheduledAt())
        || !ImportedCampaigns.storable(stored.receivedAt())) {
      throw new WireException(
          "it is of %s, received %s".formatted(measurement.scheduledAt(), stored.receivedAt()));
    }
    return new ImportedReport(line, stored, measurement);
  }

  private static Measurement derive(
      Derivation derivation, Report report, Assignment assignment, Optional<Collected> collected)
      throws WireException {
    try {
      return derivation.derive(
          report, assignment, AgentNetwork.enrolled(collected.flatMap(Collected::provider)));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new WireException("nothing can be derived from it: " + e.getMessage(), e);
    }
  }

  /** What the coordinator signed holds what the campaign asked for, its player among it. */
  static Assignment assignment(Report report, ReportAssignment embedded) throws WireException {
    Assignment signed;
    try {
      signed = Wire.read(SignedMessage.parseToken(embedded.signed()).body(), Assignment.class);
    } catch (TrustException e) {
      throw new WireException("assignment.signed is no signed assignment: " + e.getMessage(), e);
    }
    boolean same =
        signed.taskId().equals(embedded.taskId())
            && signed.attempt() == embedded.attempt()
            && signed.campaignId().equals(embedded.campaignId())
            && signed.cycle() == embedded.cycle()
            && signed.round() == embedded.round()
            && signed.scheduledAt().equals(embedded.scheduledAt())
            && signed.agentId().equals(report.agent().id());
    if (!same) {
      throw new WireException("its assignment differs from what the coordinator signed");
    }
    if (signed.attempt() >= Derivation.DECLINED) {
      throw new WireException("attempt " + signed.attempt() + " is too high");
    }
    return signed;
  }

  private static byte[] body(ObjectNode json) throws WireException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(Wire.toBytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    if (out.size() > Report.MAX_COMPRESSED_BYTES) {
      throw new WireException(
          "a report of %d bytes, compressed, is over the %d allowed"
              .formatted(out.size(), Report.MAX_COMPRESSED_BYTES));
    }
    return out.toByteArray();
  }
}
