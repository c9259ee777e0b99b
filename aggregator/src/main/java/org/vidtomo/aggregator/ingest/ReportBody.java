package org.vidtomo.aggregator.ingest;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
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
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] json = gzip.readNBytes(Wire.MAX_BYTES + 1);
      if (json.length > Wire.MAX_BYTES) {
        throw new PoisonException("a report is over " + Wire.MAX_BYTES + " bytes of JSON");
      }
      return json;
    } catch (ZipException | EOFException e) {
      throw new PoisonException("a report's body is not whole gzip: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PoisonException("a report's body cannot be decompressed", e);
    }
  }
}
