package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A report as it came: the source of truth, from which all else can be derived again.
 *
 * @param body the signed bytes, compressed as they came
 * @param encoding of the body: {@code gzip} or {@code identity}
 */
// Copying at every hand-over would cost more than it protects.
@SuppressWarnings("ArrayRecordComponent")
public record StoredReport(
    UUID reportId,
    String agentId,
    String keyId,
    byte[] signature,
    byte[] body,
    String encoding,
    Instant receivedAt) {
  public StoredReport {
    requireNonNull(reportId, "reportId");
    requireNonNull(agentId, "agentId");
    requireNonNull(keyId, "keyId");
    requireNonNull(signature, "signature");
    requireNonNull(body, "body");
    requireNonNull(encoding, "encoding");
    requireNonNull(receivedAt, "receivedAt");
  }
}
