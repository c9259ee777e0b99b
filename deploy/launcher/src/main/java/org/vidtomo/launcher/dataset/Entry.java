package org.vidtomo.launcher.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.vidtomo.core.dataset.Collected;
import org.vidtomo.core.dataset.DataSet;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** What a line of a data set is. */
sealed interface Entry {
  /** The first line. */
  record Head(DataSet dataSet) implements Entry {}

  /** The last line. */
  record End(DataSetEnd end) implements Entry {}

  /**
   * A report.
   *
   * @param json the report alone
   */
  record Reported(Report report, Optional<Collected> collected, ObjectNode json) implements Entry {}

  /**
   * A report out of its JSON.
   *
   * @throws WireException saying what is wrong with it
   */
  static Reported reported(ObjectNode json, Optional<Collected> collected) throws WireException {
    try {
      return new Reported(Wire.mapper().treeToValue(json, Report.class), collected, json);
    } catch (JsonProcessingException e) {
      throw new WireException("not a valid report: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a line.
   *
   * @throws WireException saying what is wrong with it
   */
  static Entry parse(byte[] line) throws WireException {
    if (!(Wire.read(line, JsonNode.class) instanceof ObjectNode json)) {
      throw new WireException("a line must be a JSON object, as docs/data-format.md describes");
    }
    try {
      if (json.has(DataSet.MEMBER)) {
        return new Head(Wire.mapper().treeToValue(json.get(DataSet.MEMBER), DataSet.class));
      }
      if (json.has(DataSetEnd.MEMBER)) {
        return new End(Wire.mapper().treeToValue(json.get(DataSetEnd.MEMBER), DataSetEnd.class));
      }
      JsonNode collected = json.remove(Collected.MEMBER);
      return reported(
          json,
          collected == null
              ? Optional.empty()
              : Optional.ofNullable(Wire.mapper().treeToValue(collected, Collected.class)));
    } catch (JsonProcessingException e) {
      throw new WireException("not a valid report: " + e.getOriginalMessage(), e);
    }
  }
}
