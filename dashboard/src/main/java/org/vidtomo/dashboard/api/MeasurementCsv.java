package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;

/**
 * Measurements as CSV, the JSON's names as headings; absent is empty. Columns are only ever added,
 * at the end; docs/data-format.md describes them.
 */
final class MeasurementCsv {
  private static final List<String> COLUMNS =
      Stream.concat(
              MeasurementSummary.names().stream(),
              Stream.of(
                  "cycle",
                  "round",
                  "attempt",
                  "prefix",
                  "lan",
                  "clockOffsetMicros",
                  "stalledMicros",
                  "playedMicros",
                  "derivationVersion",
                  "asName",
                  "providerFrom",
                  "prefixFrom",
                  "asnFrom",
                  "cacheAsn",
                  "cacheAsName",
                  "cacheSite"))
          .toList();

  private MeasurementCsv() {}

  static String head() {
    return Csv.row(COLUMNS);
  }

  static String line(Measurement measurement) {
    JsonNode json = Wire.mapper().valueToTree(measurement);
    return Csv.row(COLUMNS.stream().map(column -> json.path(column).asText("")).toList());
  }
}
