package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
                  "cacheSite",
                  "utcOffsetMinutes",
                  "failureOperation"))
          .toList();

  /** What tells an agent from others. */
  private static final List<String> OF_THE_AGENT =
      List.of("agentId", "prefix", "lan", "clockOffsetMicros");

  private MeasurementCsv() {}

  static String head() {
    return Csv.row(COLUMNS);
  }

  /**
   * A measurement's row.
   *
   * @param named whether who asks may know its agent
   */
  static String line(Measurement measurement, boolean named) {
    ObjectNode json = Wire.mapper().valueToTree(measurement);
    if (!named) {
      json.remove(OF_THE_AGENT);
    }
    return Csv.row(COLUMNS.stream().map(column -> json.path(column).asText("")).toList());
  }
}
