package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.vidtomo.core.wire.Wire;

/**
 * A report as it came: the source of truth, from which all else can be derived again. Where the
 * installation does not keep its agents' addresses, one that held them is kept without.
 *
 * @param keyId of the key that signed it; of an imported one {@code imported:} and the data set; of
 *     one without its agent's address {@code reduced:} and the key
 * @param signature empty of these two
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
  private static final String IMPORTED = "imported:";
  private static final String REDUCED = "reduced:";

  public StoredReport {
    requireNonNull(reportId, "reportId");
    requireNonNull(agentId, "agentId");
    requireNonNull(keyId, "keyId");
    requireNonNull(signature, "signature");
    requireNonNull(body, "body");
    requireNonNull(encoding, "encoding");
    requireNonNull(receivedAt, "receivedAt");
  }

  /** A report out of a data set: nobody's signature vouches for it here. */
  public static StoredReport imported(
      UUID dataSet, UUID reportId, String agentId, byte[] gzipped, Instant receivedAt) {
    return new StoredReport(
        reportId, agentId, IMPORTED + dataSet, new byte[0], gzipped, "gzip", receivedAt);
  }

  /**
   * What is kept of a report whose signature was verified and fits no more.
   *
   * @param gzipped the report without what is not kept
   */
  public StoredReport reducedTo(byte[] gzipped) {
    String key = reduced() ? keyId : REDUCED + keyId;
    return new StoredReport(reportId, agentId, key, new byte[0], gzipped, "gzip", receivedAt);
  }

  /**
   * The report's JSON; of a body that becomes more than {@link Wire#MAX_BYTES} one byte more, which
   * is more than readers take.
   *
   * @throws IOException when its compression is damaged
   */
  public byte[] json() throws IOException {
    if (!encoding.equals("gzip")) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(Wire.MAX_BYTES + 1);
    }
  }

  /** Whether the agent's address was taken out of it after its signature was verified. */
  public boolean reduced() {
    return keyId.startsWith(REDUCED);
  }

  /** The data set that it was imported from; empty when an agent's signature was verified. */
  public Optional<String> importedFrom() {
    return keyId.startsWith(IMPORTED)
        ? Optional.of(keyId.substring(IMPORTED.length()))
        : Optional.empty();
  }
}
