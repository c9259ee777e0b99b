package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Columns that may be empty: never bound as null, which would write a tombstone. */
final class Columns {
  private Columns() {}

  static <T> BoundStatementBuilder set(
      BoundStatementBuilder statement, String column, Optional<T> value, Class<T> type) {
    return value.map(v -> statement.set(column, v, type)).orElse(statement);
  }

  static <T> Optional<T> get(Row row, String column, Class<T> type) {
    return Optional.ofNullable(row.get(column, type));
  }

  /** Microseconds since 1970. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
