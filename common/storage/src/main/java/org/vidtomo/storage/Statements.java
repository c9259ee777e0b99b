package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Prepares and runs statements; turns the driver's errors into ours. */
final class Statements {
  private final CqlSession session;

  Statements(CqlSession session) {
    this.session = session;
  }

  /** A statement that may be sent again when its answer is lost. */
  PreparedStatement prepare(String cql) {
    return prepare(cql, true);
  }

  /** A statement with a condition: sent once only, since a repeat would see its own effect. */
  PreparedStatement prepareConditional(String cql) {
    return prepare(cql, false);
  }

  private PreparedStatement prepare(String cql, boolean idempotent) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(idempotent));
  }

  ResultSet run(String what, BoundStatement statement) {
    try {
      return session.execute(statement);
    } catch (DriverException e) {
      throw failed(what, e);
    }
  }

  CompletionStage<AsyncResultSet> runAsync(String what, BoundStatement statement) {
    return session
        .executeAsync(statement)
        .handle(
            (result, error) -> {
              if (error != null) {
                throw failed(what, error);
              }
              return result;
            });
  }

  static CompletionStage<Void> all(java.util.List<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  static StoreException failed(String what, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return new StoreException(
        "%s: %s; check that Cassandra runs and has disk space"
            .formatted(what, String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
        cause);
  }
}
