package org.vidtomo.aggregator.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.PoisonException;

/** A report's body as it travels: UTF-8 JSON, gzip-compressed. */
final class GzipBody {
  static final String ENCODING_HEADER = "x-encoding";
  static final String GZIP = "gzip";

  private GzipBody() {}

  /**
   * The JSON in a body.
   *
   * @throws PoisonException when it is too large, compressed or not, or not gzip
   */
  static byte[] decompress(byte[] compressed) throws PoisonException {
    if (compressed.length > Report.MAX_COMPRESSED_BYTES) {
      throw new PoisonException(
          "too large: %d bytes compressed, at most %d are allowed"
              .formatted(compressed.length, Report.MAX_COMPRESSED_BYTES));
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] json = in.readNBytes(Wire.MAX_BYTES + 1);
      if (json.length > Wire.MAX_BYTES) {
        throw new PoisonException("too large: over " + Wire.MAX_BYTES + " bytes decompressed");
      }
      return json;
    } catch (IOException e) {
      throw new PoisonException("not gzip: " + e.getMessage(), e);
    }
  }
}
