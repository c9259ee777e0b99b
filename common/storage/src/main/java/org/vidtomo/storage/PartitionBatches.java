package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vidtomo.storage.GroupedTurns.Waiting;

/**
 * Writes rows of many reports that lie in few partitions. What comes for a partition while a write
 * of it is under way goes in one batch after it: nothing waits when little comes, and Cassandra
 * answers few requests when much does. Thread-safe.
 *
 * <p>A batch is of one partition, so Cassandra applies it as one mutation and needs no log of it;
 * that is also why its batch size warnings, which are for batches of several, do not apply
 * (CASSANDRA-10876).
 */
final class PartitionBatches {
  /** About 50 KB of measurements: as much as Cassandra takes of any batch. */
  private static final int MOST_ROWS = 40;

  private final Statements statements;
  private final GroupedTurns<Object, BoundStatement, Void> turns;

  PartitionBatches(Statements statements) {
    this.statements = statements;
    // Each row is a subject of its own: rows of one key may share a batch, since their write
    // timestamps decide between them.
    turns = new GroupedTurns<>(MOST_ROWS, row -> new Object(), this::together);
  }

  /**
   * Writes a row.
   *
   * @return done when it is written; fails with {@link StoreException}
   */
  CompletionStage<Void> write(PartitionRow row) {
    return turns.add(row.partition(), row.insert());
  }

  private CompletionStage<Void> together(List<Waiting<BoundStatement, Void>> group) {
    List<BoundStatement> rows = group.stream().map(Waiting::item).toList();
    Statement<?> statement = rows.size() == 1 ? rows.get(0) : Statements.batch(rows);
    return statements
        .runAsync("storing %d rows of a partition".formatted(rows.size()), statement)
        .thenAccept(done -> group.forEach(each -> each.done(null)));
  }
}
