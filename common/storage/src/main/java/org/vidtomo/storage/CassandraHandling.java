package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Messages in hand, in Cassandra. Thread-safe. */
final class CassandraHandling implements HandlingStore {
  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement deleteOne;
  private final PreparedStatement deleteAll;

  CassandraHandling(Statements statements) {
    this.statements = statements;
    String ofMessage = " WHERE message = :message";
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.HANDLING_BY_MESSAGE
                + " (message, process) VALUES (:message, :process)");
    select = statements.prepare("SELECT process FROM " + Schema.HANDLING_BY_MESSAGE + ofMessage);
    deleteOne =
        statements.prepare(
            "DELETE FROM " + Schema.HANDLING_BY_MESSAGE + ofMessage + " AND process = :process");
    deleteAll = statements.prepare("DELETE FROM " + Schema.HANDLING_BY_MESSAGE + ofMessage);
  }

  @Override
  public CompletionStage<Integer> begin(String message, UUID process) {
    String doing = "noting that message " + message + " is in hand";
    return statements
        .runAsync(doing, insert.bind(message, process))
        .thenCompose(noted -> statements.runAsync(doing, select.bind(message)))
        .thenApply(found -> others(found, process));
  }

  private static int others(AsyncResultSet found, UUID process) {
    int others = 0;
    for (var row : found.currentPage()) {
      if (!process.equals(row.getUuid("process"))) {
        others++;
      }
    }
    return others;
  }

  @Override
  public CompletionStage<Void> letGo(String message, UUID process) {
    return statements
        .runAsync("letting go of message " + message, deleteOne.bind(message, process))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> settled(String message) {
    return statements
        .runAsync("settling message " + message, deleteAll.bind(message))
        .thenAccept(done -> {});
  }
}
