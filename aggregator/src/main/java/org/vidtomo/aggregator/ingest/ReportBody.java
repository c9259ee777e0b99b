package org.vidtomo.aggregator.ingest;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.PoisonException;

/** The JSON in a report's body, decompressed within bounds. */
public final class ReportBody {
  static final String ENCODING_HEADER = "x-encoding";
  static final String GZIP = "gzip";
  static final String IDENTITY = "identity";

  /** What is set aside for a body's JSON by its own word; real ones grow four times as long. */
  private static final int MOST_TIMES = 16;

  private ReportBody() {}

  static String encoding(Map<String, String> headers) throws PoisonException {
    String encoding = headers.getOrDefault(ENCODING_HEADER, IDENTITY);
    if (!encoding.equals(GZIP) && !encoding.equals(IDENTITY)) {
      throw new PoisonException("a report's x-encoding must be gzip or identity");
    }
    return encoding;
  }

  /**
   * The JSON.
   *
   * @param encoding {@code gzip} or {@code identity}
   * @throws PoisonException when it is too large, or not whole
   */
  public static byte[] json(byte[] body, String encoding) throws PoisonException {
    if (body.length > Report.MAX_COMPRESSED_BYTES) {
      throw new PoisonException(
          "a report of %d bytes is over the %d allowed"
              .formatted(body.length, Report.MAX_COMPRESSED_BYTES));
    }
    return encoding.equals(GZIP) ? decompress(body) : body;
  }

  private static byte[] decompress(byte[] body) throws PoisonException {
    // All at once: a stream that hands out small pieces takes half as long again.
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(body), 1 + body.length)) {
      byte[] json = new byte[saidLength(body)];
      int read = gzip.readNBytes(json, 0, json.length);
      byte[] rest = gzip.readNBytes(Wire.MAX_BYTES + 1 - read);
      if (read + rest.length > Wire.MAX_BYTES) {
        throw new PoisonException("a report is over " + Wire.MAX_BYTES + " bytes of JSON");
      }
      if (read == json.length && rest.length == 0) {
        return json;
      }
      byte[] whole = Arrays.copyOf(json, read + rest.length);
      System.arraycopy(rest, 0, whole, read, rest.length);
      return whole;
    } catch (ZipException | EOFException e) {
      throw new PoisonException("a report's body is not whole gzip: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PoisonException("a report's body cannot be decompressed", e);
    }
  }

  /**
   * The length that the last four bytes give (RFC 1952 §2.3.1), within bounds; of a body of several
   * members it is the last one's, of a broken one anything.
   */
  private static int saidLength(byte[] body) {
    if (body.length < Integer.BYTES) {
      return 0;
    }
    long said =
        Integer.toUnsignedLong(
            ByteBuffer.wrap(body)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(body.length - Integer.BYTES));
    return (int) Math.min(said, Math.min(Wire.MAX_BYTES, (long) body.length * MOST_TIMES));
  }
}
