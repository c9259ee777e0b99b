package org.vidtomo.bench.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.OutgoingMessage;

/**
 * Reports of the benchmark that cost a tenth to make: each has ids, an assignment and signatures of
 * its own before one of a few endings that are compressed already. Used by one thread.
 */
final class QuickReports {
  private static final int ENDINGS = 200;
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int STORED_HEADER_BYTES = 5;
  private static final int TRAILER_BYTES = 8;

  private final BenchReports source;
  private final List<Ending> endings = new ArrayList<>();
  private int made;

  /** JSON from a comma on, and the same as raw deflate (RFC 1951), which looks back at nothing. */
  private record Ending(byte[] json, byte[] deflated) {}

  /** Under which a report is found again. */
  record Ids(UUID report, UUID task) {}

  /** A report as its agent sends it. */
  record Made(Ids ids, OutgoingMessage message) {}

  QuickReports(BenchReports source) {
    this.source = source;
    for (int i = 0; i < ENDINGS; i++) {
      byte[] json = Wire.toBytes(source.rest(i % BenchReports.AGENTS));
      json[0] = ',';
      endings.add(new Ending(json, deflated(json)));
    }
  }

  private static byte[] deflated(byte[] json) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(json);
    deflater.finish();
    byte[] out = new byte[json.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  Made next() {
    int number = made++ % ENDINGS;
    int agent = number % BenchReports.AGENTS;
    ObjectNode head = source.head(agent);
    byte[] json = Wire.toBytes(head);
    byte[] body = body(Arrays.copyOf(json, json.length - 1), endings.get(number));
    return new Made(
        new Ids(
            UUID.fromString(head.get("reportId").asText()),
            UUID.fromString(head.get("assignment").get("taskId").asText())),
        source.message(agent, body));
  }

  /** One gzip member (RFC 1952): the head as a stored block, then the ending's blocks. */
  private static byte[] body(byte[] head, Ending ending) {
    CRC32 crc = new CRC32();
    crc.update(head);
    crc.update(ending.json());
    ByteBuffer body =
        ByteBuffer.allocate(
                GZIP_HEADER.length
                    + STORED_HEADER_BYTES
                    + head.length
                    + ending.deflated().length
                    + TRAILER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    body.put(GZIP_HEADER).put((byte) 0).putShort((short) head.length);
    body.putShort((short) ~head.length).put(head).put(ending.deflated());
    body.putInt((int) crc.getValue()).putInt(head.length + ending.json().length);
    return body.array();
  }
}
