package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Prepares and runs statements. Every wait is bounded, every error becomes a {@link
 * StoreException}. Thread-safe.
 */
final class Statements {
  /** Statements of one list that run at the same time. */
  private static final int IN_FLIGHT = 64;

  /** Rows of one partition that are written together. */
  private static final int IN_BATCH = 100;

  /** The same, of partitions that hold a row or two. */
  static final int MANY_AHEAD = 32;

  /** Partitions that are read ahead. */
  private static final int READ_AHEAD = 4;

  private final CqlSession session;
  private final Errors errors;
  private final Duration longestWait;
  private final Room room;

  /**
   * Statements of a session.
   *
   * @param room without which nothing is written
   */
  Statements(CqlSession session, StoreSettings settings, Room room) {
    this.session = session;
    this.room = room;
    this.errors = new Errors(settings);
    // The driver gives up by itself; this is for the time that its retries may take.
    this.longestWait = settings.requestTimeout().multipliedBy(3);
  }

  /** A statement that may be repeated. */
  PreparedStatement prepare(String cql) {
    return prepared(cql, true);
  }

  /** A conditional statement: whoever repeats it must find out first whether it was applied. */
  PreparedStatement prepareConditional(String cql) {
    return prepared(cql, false);
  }

  private PreparedStatement prepared(String cql, boolean idempotent) {
    SimpleStatement statement = SimpleStatement.builder(cql).setIdempotence(idempotent).build();
    return await(
        "preparing \"" + cql + "\"", session.prepareAsync(statement).toCompletableFuture());
  }

  /**
   * Runs a statement.
   *
   * @param doing what for, and with what: {@code storing report 17}
   * @return its first page; fails with {@link StoreException}
   */
  CompletionStage<AsyncResultSet> runAsync(String doing, Statement<?> statement) {
    Optional<String> lacking = writes(statement) ? room.lacking() : Optional.empty();
    if (lacking.isPresent()) {
      return CompletableFuture.failedFuture(
          new StoreException(
              doing + " has to wait: " + lacking.get(), new IOException(lacking.get())));
    }
    return session
        .executeAsync(statement)
        .handle(
            (result, error) -> {
              if (error != null) {
                throw errors.translated(doing, error);
              }
              return result;
            });
  }

  private static boolean writes(Statement<?> statement) {
    String select = "SELECT";
    if (statement instanceof BoundStatement bound) {
      return !bound.getPreparedStatement().getQuery().startsWith(select);
    }
    return !(statement instanceof SimpleStatement simple && simple.getQuery().startsWith(select));
  }

  /**
   * Statements of one partition each, put together: Cassandra writes those of a batch at once.
   *
   * @param byPartition that may be repeated
   */
  static List<BatchStatement> batches(Collection<List<BoundStatement>> byPartition) {
    List<BatchStatement> batches = new ArrayList<>();
    for (List<BoundStatement> partition : byPartition) {
      for (int from = 0; from < partition.size(); from += IN_BATCH) {
        batches.add(batch(partition.subList(from, Math.min(partition.size(), from + IN_BATCH))));
      }
    }
    return batches;
  }

  /** Statements of one partition, which may be repeated, as one. */
  static BatchStatement batch(List<BoundStatement> ofPartition) {
    return BatchStatement.newInstance(BatchType.UNLOGGED).addAll(ofPartition).setIdempotent(true);
  }

  /** Runs statements, many at a time. */
  CompletionStage<Void> runAll(String doing, List<? extends Statement<?>> statements) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (int from = 0; from < statements.size(); from += IN_FLIGHT) {
      List<? extends Statement<?>> some =
          statements.subList(from, Math.min(statements.size(), from + IN_FLIGHT));
      done = done.thenCompose(before -> together(doing, some));
    }
    return done;
  }

  private CompletionStage<Void> together(String doing, List<? extends Statement<?>> statements) {
    return CompletableFuture.allOf(
        statements.stream()
            .map(statement -> runAsync(doing, statement).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** Runs a statement and waits for its first page. */
  AsyncResultSet run(String doing, Statement<?> statement) {
    return await(doing, runAsync(doing, statement));
  }

  /**
   * Reads statement after statement, page after page, some of them ahead. Blocks; {@code row} is
   * called on this thread.
   */
  void each(String doing, Iterable<? extends Statement<?>> statements, Consumer<Row> row) {
    each(doing, statements, READ_AHEAD, row);
  }

  /** The same, so many of them ahead. */
  void each(
      String doing, Iterable<? extends Statement<?>> statements, int most, Consumer<Row> row) {
    Iterator<? extends Statement<?>> rest = statements.iterator();
    Deque<CompletionStage<AsyncResultSet>> ahead = new ArrayDeque<>();
    while (rest.hasNext() || !ahead.isEmpty()) {
      while (rest.hasNext() && ahead.size() < most) {
        ahead.add(runAsync(doing, rest.next()));
      }
      eachPage(doing, await(doing, ahead.remove()), row);
    }
  }

  private void eachPage(String doing, AsyncResultSet first, Consumer<Row> row) {
    AsyncResultSet page = first;
    while (page.hasMorePages()) {
      CompletionStage<AsyncResultSet> next = page.fetchNextPage();
      page.currentPage().forEach(row);
      page = await(doing, next);
    }
    page.currentPage().forEach(row);
  }

  /**
   * Waits for a result.
   *
   * @throws StoreException when there is none in time
   */
  <T> T await(String doing, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw errors.translated(doing, e);
    } catch (TimeoutException e) {
      throw new StoreException(
          "%s failed: no answer within %d s; look at Cassandra's health"
              .formatted(doing, longestWait.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(doing + " was interrupted; it may have been done", e);
    }
  }

  /** Whether what failed so may have been done all the same. */
  static boolean outcomeUnknown(Throwable error) {
    return Errors.outcomeUnknown(error);
  }

  /** The next page of a result, blocking. */
  AsyncResultSet nextPage(String doing, AsyncResultSet page) {
    return await(doing, page.fetchNextPage());
  }

  /** Reads of all partitions of a cycle, a few buckets each, with the same three parameters. */
  static List<BoundStatement> ofCycle(PreparedStatement select, UUID campaignId, int cycle) {
    return Schema.cycleBucketGroups().stream()
        .map(
            buckets ->
                select
                    .boundStatementBuilder()
                    .setUuid("campaign_id", campaignId)
                    .setInt("cycle", cycle)
                    .setList("buckets", buckets, Integer.class)
                    .build())
        .toList();
  }
}
