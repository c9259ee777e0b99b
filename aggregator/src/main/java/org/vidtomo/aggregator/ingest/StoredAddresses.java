package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.ingest.ReportVerifier.Verified;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.storage.StoredReport;

/**
 * Between verifying and storing: a report that holds more of its agent's address than the
 * installation keeps is written anew without it, and marked, since its signature no longer fits.
 */
final class StoredAddresses {
  private final AddressRule rule;

  StoredAddresses(AddressRule rule) {
    this.rule = requireNonNull(rule, "rule");
  }

  /** The report as it may be stored; itself in most cases. */
  Verified of(Verified verified) throws PoisonException {
    if (!rule.concerns(verified.report(), verified.network().ticket())) {
      return verified;
    }
    StoredReport stored = verified.stored();
    try {
      ObjectNode tree =
          Wire.read(ReportBody.json(stored.body(), stored.encoding()), ObjectNode.class);
      rule.reduce(tree, verified.network().ticket());
      return new Verified(
          Wire.mapper().treeToValue(tree, Report.class),
          verified.assignment(),
          stored.reducedTo(gzip(tree)),
          rule.of(verified.network()),
          verified.again());
    } catch (JsonProcessingException | WireException e) {
      throw new PoisonException(
          "its agent's address cannot be taken out of it: " + e.getMessage(), e);
    }
  }

  private static byte[] gzip(ObjectNode tree) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Wire.toBytes(tree));
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    return compressed.toByteArray();
  }
}
