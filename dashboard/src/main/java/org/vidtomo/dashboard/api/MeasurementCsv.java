package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.Wire;

/** Measurement summaries as CSV (RFC 4180), the JSON's names as headings; absent is empty. */
final class Csv {
  private static final List<String> COLUMNS =
      Arrays.stream(MeasurementSummary.class.getRecordComponents())
          .map(RecordComponent::getName)
          .toList();

  private Csv() {}

  static String head() {
    return String.join(",", COLUMNS) + "\r\n";
  }

  static String line(MeasurementSummary measurement) {
    JsonNode json = Wire.mapper().valueToTree(measurement);
    return COLUMNS.stream()
            .map(column -> cell(json.path(column).asText("")))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** A spreadsheet takes text that begins with these for a formula, and titles are hostile. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula && !isNumber(text) ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
  }
}
