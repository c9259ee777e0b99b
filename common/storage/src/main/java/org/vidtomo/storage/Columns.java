package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import org.vidtomo.core.wire.WireName;

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

  /** A word of a vocabulary; the first one for a word that this version does not know. */
  static <E extends Enum<E> & WireName> E word(E[] words, String name) {
    for (E word : words) {
      if (word.wireName().equals(name)) {
        return word;
      }
    }
    return words[0];
  }
}
