package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vidtomo.storage.GroupedTurns.Waiting;

/**
 * Writes rows of many reports together. What comes for a line while a write of it is under way goes
 * in one batch after it: nothing waits when little comes, and Cassandra answers few requests when
 * much does. Thread-safe.
 *
 * <p>Where a line is a partition, Cassandra applies a batch as one mutation and needs no log of it;
 * that is also why its batch size warnings, which are for batches of several, do not apply
 * (CASSANDRA-10876).
 */
final class RowBatches {
  private final Statements statements;
  private final String doing;
  private final GroupedTurns<Object, BoundStatement, Void> turns;

  /**
   * Batches of inserts that may be repeated.
   *
   * @param doing what for: {@code storing rows}
   * @param most rows in one
   */
  RowBatches(Statements statements, String doing, int most) {
    this.statements = statements;
    this.doing = doing;
    // Each row is a subject of its own: rows of one key may share a batch, since their write
    // timestamps decide between them.
    turns = new GroupedTurns<>(most, row -> new Object(), this::together);
  }

  /**
   * Writes a row.
   *
   * @param line by {@code equals}
   * @return done when it is written; fails with {@link StoreException}
   */
  CompletionStage<Void> write(Object line, BoundStatement insert) {
    return turns.add(line, insert);
  }

  private CompletionStage<Void> together(List<Waiting<BoundStatement, Void>> group) {
    if (group.size() == 1) {
      return alone(group.get(0));
    }
    return statements
        .runAsync(doing, Statements.batch(group.stream().map(Waiting::item).toList()))
        .handle(
            (done, error) -> {
              if (error == null) {
                group.forEach(each -> each.done(null));
                return CompletableFuture.<Void>completedFuture(null);
              }
              return Errors.refused(error)
                  ? oneByOne(group)
                  : CompletableFuture.<Void>failedFuture(error);
            })
        .thenCompose(result -> result);
  }

  /** One that Cassandra will not take must not take the others of its batch along. */
  private CompletableFuture<Void> oneByOne(List<Waiting<BoundStatement, Void>> group) {
    return CompletableFuture.allOf(
        group.stream()
            .map(each -> alone(each).exceptionally(told -> null).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> alone(Waiting<BoundStatement, Void> one) {
    Statement<?> statement = one.item();
    return statements
        .runAsync(doing, statement)
        .handle(
            (done, error) -> {
              if (error == null) {
                one.done(null);
              } else {
                one.failed(error);
              }
              return null;
            });
  }
}
