package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.wire.WireName;

/**
 * Conditional transitions as lightweight transactions.
 *
 * <p>Cassandra decides them one at a time per partition, and those that meet there disturb each
 * other: within this process they queue up instead. When Cassandra does not say how one went, the
 * row tells: each carries an id.
 */
final class TaskTransitions {
  private static final int TRIES = 3;

  private final Statements statements;
  private final Turns<Object> turns = new Turns<>();
  private final PreparedStatement change;
  private final PreparedStatement changeOfAttempt;
  private final PreparedStatement recount;
  private final PreparedStatement recountOfAttempt;
  private final PreparedStatement look;

  private record Partition(UUID campaignId, int cycle, int bucket) {}

  TaskTransitions(Statements statements) {
    this.statements = statements;
    String ofAttempt = " AND attempt = :expected_attempt";
    String counted = " AND counted_attempt > :counted";
    change = update("");
    changeOfAttempt = update(ofAttempt);
    recount = update(counted);
    recountOfAttempt = update(ofAttempt + counted);
    look =
        statements.prepare(
            "SELECT state, change_id FROM " + Schema.TASK_BY_CYCLE + CassandraTasks.AT);
  }

  private PreparedStatement update(String moreConditions) {
    return statements.prepareConditional(
        "UPDATE "
            + Schema.TASK_BY_CYCLE
            + " SET state = :state, attempt = :attempt, agent_id = :agent_id,"
            + " lease_until = :lease_until, outcome = :outcome,"
            + " failure_kind = :failure_kind, report_id = :report_id,"
            + " counted_attempt = :counted_attempt, change_id = :change_id"
            + CassandraTasks.AT
            + " IF state IN :expected"
            + moreConditions);
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
      return conditional(key, expected, expectedAttempt, to, false);
    }
    Set<TaskState> notDone = EnumSet.copyOf(expected);
    notDone.remove(TaskState.DONE);
    CompletionStage<Transition> first =
        notDone.isEmpty()
            ? CompletableFuture.completedFuture(new Transition(false, Optional.of(TaskState.DONE)))
            : conditional(key, notDone, expectedAttempt, to, false);
    return first.thenCompose(
        result ->
            result.current().equals(Optional.of(TaskState.DONE))
                ? conditional(key, EnumSet.of(TaskState.DONE), expectedAttempt, to, true)
                : CompletableFuture.completedFuture(result));
  }

  private CompletionStage<Transition> conditional(
      TaskKey key,
      Set<TaskState> expected,
      OptionalInt expectedAttempt,
      TaskChange to,
      boolean lowerAttemptOnly) {
    PreparedStatement plain = lowerAttemptOnly ? recount : change;
    PreparedStatement ofAttempt = lowerAttemptOnly ? recountOfAttempt : changeOfAttempt;
    UUID changeId = UUID.randomUUID();
    BoundStatementBuilder statement =
        written(
                CassandraTasks.at(expectedAttempt.isPresent() ? ofAttempt : plain, key),
                to,
                changeId)
            .setList("expected", expected.stream().map(WireName::wireName).toList(), String.class);
    if (expectedAttempt.isPresent()) {
      statement = statement.setInt("expected_attempt", expectedAttempt.getAsInt());
    }
    if (lowerAttemptOnly) {
      statement = statement.setInt("counted", to.countedAttempt().orElseThrow());
    }
    if (lowerAttemptOnly && to.failureKind().isEmpty()) {
      // The other report's must not stay.
      statement = statement.setToNull("failure_kind");
    }
    BoundStatement bound = statement.build();
    Partition partition =
        new Partition(key.campaignId(), key.cycle(), Schema.cycleBucket(key.taskId()));
    return turns.inTurn(partition, () -> attempt(key, to, changeId, bound, 1));
  }

  private static BoundStatementBuilder written(
      BoundStatementBuilder row, TaskChange to, UUID changeId) {
    BoundStatementBuilder statement =
        row.setString("state", to.state().wireName()).setUuid("change_id", changeId);
    statement = Columns.set(statement, "attempt", to.attempt(), Integer.class);
    statement = Columns.set(statement, "agent_id", to.agentId(), String.class);
    statement = Columns.set(statement, "lease_until", to.leaseUntil(), Instant.class);
    statement = Columns.set(statement, "outcome", word(to.outcome()), String.class);
    statement = Columns.set(statement, "failure_kind", word(to.failureKind()), String.class);
    statement = Columns.set(statement, "report_id", to.reportId(), UUID.class);
    return Columns.set(statement, "counted_attempt", to.countedAttempt(), Integer.class);
  }

  private static Optional<String> word(Optional<? extends WireName> constant) {
    return constant.map(WireName::wireName);
  }

  private CompletionStage<Transition> attempt(
      TaskKey key, TaskChange to, UUID changeId, BoundStatement statement, int attempt) {
    String doing = "moving task %s to %s".formatted(key.taskId(), to.state().wireName());
    return statements
        .runAsync(doing, statement)
        .thenApply(TaskTransitions::result)
        .exceptionallyCompose(
            error -> {
              if (!Statements.outcomeUnknown(error) || attempt == TRIES) {
                return CompletableFuture.failedFuture(error);
              }
              return applied(key, changeId, doing)
                  .thenCompose(
                      applied ->
                          applied
                              ? CompletableFuture.completedFuture(
                                  new Transition(true, Optional.empty()))
                              : attempt(key, to, changeId, statement, attempt + 1));
            });
  }

  /** A serial read ends what is still under way, and so is the last word. */
  private CompletionStage<Boolean> applied(TaskKey key, UUID changeId, String doing) {
    BoundStatement read =
        CassandraTasks.at(look, key).build().setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL);
    return statements
        .runAsync(doing, read)
        .thenApply(
            rows -> {
              Row row = rows.one();
              return row != null && changeId.equals(row.getUuid("change_id"));
            });
  }

  private static Transition result(AsyncResultSet rows) {
    Row row = Objects.requireNonNull(rows.one(), "a conditional update always answers");
    if (row.getBoolean("[applied]")) {
      return new Transition(true, Optional.empty());
    }
    return new Transition(
        false,
        row.getColumnDefinitions().contains("state")
            ? Optional.ofNullable(row.getString("state")).map(CassandraTasks.STATES::get)
            : Optional.empty());
  }
}
