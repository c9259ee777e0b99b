package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.GroupedTurns.Waiting;

/**
 * Conditional transitions as lightweight transactions.
 *
 * <p>Cassandra decides them one at a time per partition, and those that meet there disturb each
 * other: within this process they queue up instead, and those that wait go together, in one
 * conditional batch. A batch is applied as a whole or not at all; when it is not, Cassandra shows
 * the rows: those that were not as expected are refused, the others go again. When Cassandra does
 * not say how one went, the row tells: each carries an id.
 */
final class TaskTransitions {
  /** So many rows in one batch: what a partition of a full fleet gets at once. */
  static final int MOST_TOGETHER = 64;

  private static final int TRIES = 3;
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final Statements statements;
  private final GroupedTurns<Partition, TaskMove, Transition> turns =
      new GroupedTurns<>(MOST_TOGETHER, TaskMove::taskId, this::together);
  private final TaskMoveStatements moves;
  private final PreparedStatement look;

  private record Partition(UUID campaignId, int cycle, int bucket) {}

  TaskTransitions(Statements statements) {
    this.statements = statements;
    moves = new TaskMoveStatements(statements);
    look =
        statements.prepare(
            "SELECT state, change_id FROM " + Schema.TASK_BY_CYCLE + CassandraTasks.AT);
  }

  CompletionStage<Transition> run(
      TaskKey key, Set<TaskState> expected, OptionalInt expectedAttempt, TaskChange to) {
    if (expected.isEmpty()) {
      throw new IllegalArgumentException("a transition needs at least one expected state");
    }
    boolean mayRecount =
        to.countedAttempt().isPresent()
            && to.state() == TaskState.DONE
            && expected.contains(TaskState.DONE);
    if (!mayRecount) {
      return inTurn(TaskMove.of(key, expected, expectedAttempt, to));
    }
    Set<TaskState> notDone = EnumSet.copyOf(expected);
    notDone.remove(TaskState.DONE);
    CompletionStage<Transition> first =
        notDone.isEmpty()
            ? CompletableFuture.completedFuture(new Transition(false, Optional.of(TaskState.DONE)))
            : inTurn(TaskMove.of(key, notDone, expectedAttempt, to));
    return first.thenCompose(
        result ->
            result.current().equals(Optional.of(TaskState.DONE))
                ? inTurn(TaskMove.recount(key, expectedAttempt, to))
                : CompletableFuture.completedFuture(result));
  }

  private CompletionStage<Transition> inTurn(TaskMove move) {
    TaskKey key = move.key();
    Partition partition =
        new Partition(key.campaignId(), key.cycle(), Schema.cycleBucket(key.taskId()));
    return turns.add(partition, move);
  }

  /** All of one partition, and of different tasks. */
  private CompletionStage<Void> together(List<Waiting<TaskMove, Transition>> group) {
    if (group.size() == 1) {
      return alone(group.get(0), 1);
    }
    BatchStatement batch =
        BatchStatement.newInstance(BatchType.UNLOGGED)
            .addAll(group.stream().map(waiting -> moves.statement(waiting.item())).toList())
            .setIdempotent(false);
    return statements
        .runAsync("moving %d tasks".formatted(group.size()), batch)
        .handle((rows, error) -> error == null ? answered(group, rows) : failed(group, error))
        .thenCompose(done -> done);
  }

  private CompletionStage<Void> answered(
      List<Waiting<TaskMove, Transition>> group, AsyncResultSet rows) {
    if (rows.wasApplied()) {
      group.forEach(waiting -> waiting.done(TaskMoveStatements.APPLIED));
      return DONE;
    }
    Map<UUID, Row> found = new HashMap<>();
    if (rows.getColumnDefinitions().contains("task_id")) {
      rows.currentPage().forEach(row -> found.put(row.getUuid("task_id"), row));
    }
    List<Waiting<TaskMove, Transition>> again =
        group.stream().filter(waiting -> !refused(waiting, found)).toList();
    if (again.isEmpty()) {
      return DONE;
    }
    // If nothing is seen that stood in the way, each is asked for by itself.
    return again.size() == group.size()
        ? oneByOne(group, waiting -> alone(waiting, 1))
        : together(again);
  }

  /** Whether its row was not as expected; it is told so then. */
  private static boolean refused(Waiting<TaskMove, Transition> waiting, Map<UUID, Row> found) {
    Optional<Row> row = Optional.ofNullable(found.get(waiting.item().taskId()));
    if (row.filter(r -> TaskMoveStatements.asExpected(waiting.item(), r)).isPresent()) {
      return false;
    }
    waiting.done(
        row.map(TaskMoveStatements::refused).orElse(new Transition(false, Optional.empty())));
    return true;
  }

  private CompletionStage<Void> failed(List<Waiting<TaskMove, Transition>> group, Throwable error) {
    if (Statements.outcomeUnknown(error)) {
      return oneByOne(group, waiting -> known(waiting, 1));
    }
    group.forEach(waiting -> waiting.failed(error));
    return DONE;
  }

  private static CompletionStage<Void> oneByOne(
      List<Waiting<TaskMove, Transition>> group,
      Function<Waiting<TaskMove, Transition>, CompletionStage<Void>> each) {
    CompletionStage<Void> done = DONE;
    for (Waiting<TaskMove, Transition> waiting : group) {
      done = done.thenComposeAsync(before -> each.apply(waiting));
    }
    return done;
  }

  private CompletionStage<Void> alone(Waiting<TaskMove, Transition> waiting, int attempt) {
    return statements
        .runAsync(doing(waiting), moves.statement(waiting.item()))
        .handle(
            (rows, error) -> {
              if (error == null) {
                waiting.done(result(rows));
                return DONE;
              }
              if (Statements.outcomeUnknown(error) && attempt < TRIES) {
                return known(waiting, attempt);
              }
              waiting.failed(error);
              return DONE;
            })
        .thenCompose(done -> done);
  }

  /** Finds out how it went; asks again when it was not applied. */
  private CompletionStage<Void> known(Waiting<TaskMove, Transition> waiting, int attempt) {
    return applied(waiting)
        .handle(
            (applied, error) -> {
              if (error != null) {
                waiting.failed(error);
                return DONE;
              }
              if (!applied) {
                return alone(waiting, attempt + 1);
              }
              waiting.done(TaskMoveStatements.APPLIED);
              return DONE;
            })
        .thenCompose(done -> done);
  }

  /** A serial read ends what is still under way, and so is the last word. */
  private CompletionStage<Boolean> applied(Waiting<TaskMove, Transition> waiting) {
    TaskMove move = waiting.item();
    BoundStatement read =
        CassandraTasks.at(look, move.key())
            .build()
            .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL);
    return statements
        .runAsync(doing(waiting), read)
        .thenApply(
            rows -> {
              Row row = rows.one();
              return row != null && move.changeId().equals(row.getUuid("change_id"));
            });
  }

  private static String doing(Waiting<TaskMove, Transition> waiting) {
    TaskMove move = waiting.item();
    return "moving task %s to %s".formatted(move.taskId(), move.to().state().wireName());
  }

  private static Transition result(AsyncResultSet rows) {
    Row row = Objects.requireNonNull(rows.one(), "a conditional update always answers");
    return row.getBoolean("[applied]")
        ? TaskMoveStatements.APPLIED
        : TaskMoveStatements.refused(row);
  }
}
