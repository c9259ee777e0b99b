package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Reads the measurement in a row. */
final class MeasurementValue {
  private static final Logger LOG = LoggerFactory.getLogger(MeasurementValue.class);

  private MeasurementValue() {}

  /** Empty, and logged, when it can't be read: one bad row must not hide all others. */
  static Optional<Measurement> of(Row row) {
    try {
      return Optional.of(Wire.read(row.getString("value"), Measurement.class));
    } catch (WireException e) {
      LOG.warn(
          "left out a measurement that cannot be read, derive it again taskId={} error={}",
          row.getUuid("task_id"),
          e.getMessage());
      return Optional.empty();
    }
  }
}
