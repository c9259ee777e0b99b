package org.vidtomo.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.vidtomo.agent.spool.SpoolFormat;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.agent.spool.TaskKey;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Messages of the broker, and reports on disk. */
final class Messages {
  private static final List<Class<?>> RECORDS =
      List.of(
          Report.class, Assignment.class, TaskOutcome.class, Presence.class, CampaignOptions.class);

  private static final int CHECKED_FROM = 8;

  private Messages() {}

  static List<byte[]> seeds() {
    return Stream.of("report.json", "assignment.json", "outcome.json", "presence.json")
        .map(Messages::resource)
        .toList();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the seed " + name, e);
    }
  }

  /** What is read as a record can be written, and read again as the same. */
  static void read(byte[] input) throws WireException {
    for (Class<?> type : RECORDS) {
      Object read;
      try {
        read = Wire.read(input, type);
      } catch (WireException e) {
        continue;
      }
      Object again = Wire.read(Wire.toBytes(read), type);
      if (!read.equals(again)) {
        throw new IllegalStateException(type.getSimpleName() + " changes when it is written");
      }
    }
  }

  static void token(byte[] input) {
    try {
      SignedMessage.parseToken(new String(input, StandardCharsets.ISO_8859_1));
    } catch (TrustException e) {
      // What it promises for what is no token.
    }
  }

  static List<byte[]> spooledSeeds() {
    TaskKey task = new TaskKey(new UUID(1, 2), 1);
    return List.of(
        SpoolFormat.encode(
            new SpooledReport(
                task, "agent.ok", "message", Map.of("x-key-id", "k"), Instant.EPOCH, new byte[9])));
  }

  /** The checksum is put right: chance never does. */
  static void spooled(byte[] input) {
    SpoolFormat.decode(input);
    if (input.length > CHECKED_FROM) {
      byte[] right = input.clone();
      CRC32C crc = new CRC32C();
      crc.update(right, CHECKED_FROM, right.length - CHECKED_FROM);
      ByteBuffer.wrap(right).putInt(0x56545331).putInt((int) crc.getValue());
      SpoolFormat.decode(right);
    }
  }
}
