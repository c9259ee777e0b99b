package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.core.report.AddressScrub;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.Topology;

/**
 * Makes a report into the message that is published: JSON, gzip, signed over the compressed bytes,
 * so that whoever stores them stores what was signed.
 */
final class ReportPacker {
  /** How the body is encoded: {@code gzip}. */
  static final String ENCODING_HEADER = "x-encoding";

  private static final String GZIP = "gzip";

  private final String agentId;
  private final SigningKey key;
  private final Supplier<Set<String>> publicAddresses;
  private final Clock clock;

  /**
   * A packer.
   *
   * @param publicAddresses this machine's, as far as they are known
   */
  ReportPacker(String agentId, SigningKey key, Supplier<Set<String>> publicAddresses, Clock clock) {
    this.agentId = requireNonNull(agentId, "agentId");
    this.key = requireNonNull(key, "key");
    this.publicAddresses = requireNonNull(publicAddresses, "publicAddresses");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The message of a report.
   *
   * @throws IllegalStateException when it is larger than reports may be
   */
  SpooledReport pack(VerifiedAssignment assignment, Report report) {
    byte[] body = withinLimit(report);
    Map<String, String> headers = new HashMap<>(SignedMessage.sign(body, key).headers());
    headers.put(ENCODING_HEADER, GZIP);
    headers.put(KeyCertificate.HEADER, assignment.certificate());
    return new SpooledReport(
        assignment.key(),
        Topology.reportKey(agentId, report.outcome().wireName()),
        report.reportId().toString(),
        headers,
        clock.instant(),
        body);
  }

  private byte[] withinLimit(Report report) {
    byte[] body = gzip(json(report));
    if (body.length > Report.MAX_COMPRESSED_BYTES) {
      throw new IllegalStateException(
          "the report is %d bytes compressed, over %d"
              .formatted(body.length, Report.MAX_COMPRESSED_BYTES));
    }
    return body;
  }

  /** A report that does not name this machine's address does not hold it elsewhere either. */
  private byte[] json(Report report) {
    if (report.agent().publicIp().isPresent()) {
      return Wire.toBytes(report);
    }
    Set<String> hidden = new TreeSet<>(InterfaceAddresses.ofPublic());
    hidden.addAll(publicAddresses.get());
    if (hidden.isEmpty()) {
      return Wire.toBytes(report);
    }
    ObjectNode tree = Wire.mapper().valueToTree(report);
    hidden.forEach(address -> new AddressScrub(address).in(tree));
    return Wire.toBytes(tree);
  }

  private static byte[] gzip(byte[] json) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(json.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    return compressed.toByteArray();
  }
}
