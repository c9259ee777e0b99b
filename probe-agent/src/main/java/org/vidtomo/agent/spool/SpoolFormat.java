package org.vidtomo.agent.spool;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * A report in a file: magic (4 bytes), CRC-32C of all that follows (4), length of the header (4),
 * header as JSON, body to the end. Big-endian.
 */
public final class SpoolFormat {
  private static final int MAGIC = 0x56545331; // "VTS1"
  private static final int CHECKED_FROM = 8;
  private static final int FIXED_BYTES = 12;

  private SpoolFormat() {}

  private record Header(
      UUID taskId,
      int attempt,
      String routingKey,
      String messageId,
      Map<String, String> headers,
      Instant createdAt) {}

  public static byte[] encode(SpooledReport report) {
    byte[] header =
        Wire.toBytes(
            new Header(
                report.task().taskId(),
                report.task().attempt(),
                report.routingKey(),
                report.messageId(),
                report.headers(),
                report.createdAt()));
    ByteBuffer file = ByteBuffer.allocate(FIXED_BYTES + header.length + report.body().length);
    file.putInt(MAGIC).putInt(0).putInt(header.length).put(header).put(report.body());
    return file.putInt(4, checksum(file.array())).array();
  }

  /** Empty if it is not whole. */
  public static Optional<SpooledReport> decode(byte[] bytes) {
    if (bytes.length < FIXED_BYTES) {
      return Optional.empty();
    }
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (file.getInt() != MAGIC || file.getInt() != checksum(bytes)) {
      return Optional.empty();
    }
    int headerLength = file.getInt();
    if (headerLength < 0 || headerLength > file.remaining()) {
      return Optional.empty();
    }
    byte[] header = new byte[headerLength];
    file.get(header);
    byte[] body = new byte[file.remaining()];
    file.get(body);
    return report(header, body);
  }

  private static Optional<SpooledReport> report(byte[] json, byte[] body) {
    try {
      Header header = Wire.read(json, Header.class);
      return Optional.of(
          new SpooledReport(
              new TaskKey(header.taskId(), header.attempt()),
              header.routingKey(),
              header.messageId(),
              header.headers(),
              header.createdAt(),
              body));
    } catch (WireException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] file) {
    CRC32C crc = new CRC32C();
    crc.update(file, CHECKED_FROM, file.length - CHECKED_FROM);
    return (int) crc.getValue();
  }
}
