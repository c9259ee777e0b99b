package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.wire.WireName;

final class CassandraTasks implements TaskStore {
  private static final String KEY =
      " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket = :bucket"
          + " AND task_id = :task_id";
  private static final String CHANGE =
      "UPDATE "
          + Schema.TASK_BY_CYCLE
          + " SET state = :state, attempt = :attempt, agent_id = :agent_id,"
          + " lease_until = :lease_until, outcome = :outcome, failure_kind = :failure_kind,"
          + " report_id = :report_id, counted_attempt = :counted_attempt"
          + KEY
          + " IF state IN :expected";

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement change;
  private final PreparedStatement changeAttempt;
  private final PreparedStatement select;
  private final PreparedStatement selectBucket;

  CassandraTasks(Statements statements) {
    this.statements = statements;
    // Timestamp 1 is older than any other write: planning again never undoes a transition.
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.TASK_BY_CYCLE
                + " (campaign_id, cycle, bucket, task_id, round, position, target, sample, url,"
                + " service, video_id, scheduled_at, expires_at, state, attempt) VALUES"
                + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) USING TIMESTAMP 1");
    change = statements.prepareConditional(CHANGE);
    changeAttempt = statements.prepareConditional(CHANGE + " AND attempt = :expected_attempt");
    select = statements.prepare("SELECT * FROM " + Schema.TASK_BY_CYCLE + KEY);
    selectBucket =
        statements.prepare(
            "SELECT * FROM "
                + Schema.TASK_BY_CYCLE
                + " WHERE campaign_id = ? AND cycle = ? AND bucket = ?");
  }

  @Override
  public CompletionStage<Void> insertPlanned(List<TaskRow> tasks) {
    return Statements.all(
        tasks.stream()
            .map(task -> statements.runAsync("storing planned tasks", insert(task)))
            .toList());
  }

  private BoundStatement insert(TaskRow task) {
    return insert.bind(
        task.key().campaignId(),
        task.key().cycle(),
        Schema.cycleBucket(task.key().taskId()),
        task.key().taskId(),
        task.round(),
        task.position(),
        task.target(),
        task.sample(),
        task.url(),
        task.service(),
        task.videoId(),
        task.scheduledAt(),
        task.expiresAt(),
        TaskState.PLANNED.wireName());
  }

  @Override
  public CompletionStage<Transition> transition(
      TaskKey key, Set<TaskState> expected, OptionalInt expectedAttempt, TaskChange to) {
    BoundStatementBuilder statement =
        key(expectedAttempt.isPresent() ? changeAttempt : change, key)
            .setString("state", to.state().wireName())
            .setList("expected", expected.stream().map(TaskState::wireName).toList(), String.class);
    if (expectedAttempt.isPresent()) {
      statement = statement.setInt("expected_attempt", expectedAttempt.getAsInt());
    }
    statement = Columns.set(statement, "attempt", to.attempt(), Integer.class);
    statement = Columns.set(statement, "agent_id", to.agentId(), String.class);
    statement = Columns.set(statement, "lease_until", to.leaseUntil(), Instant.class);
    statement =
        Columns.set(statement, "outcome", to.outcome().map(WireName::wireName), String.class);
    statement =
        Columns.set(
            statement, "failure_kind", to.failureKind().map(WireName::wireName), String.class);
    statement = Columns.set(statement, "report_id", to.reportId(), UUID.class);
    statement = Columns.set(statement, "counted_attempt", to.countedAttempt(), Integer.class);
    BoundStatement bound = statement.build();
    return statements
        .runAsync("changing task " + key.taskId(), bound)
        .thenApply(CassandraTasks::transition);
  }

  private static Transition transition(AsyncResultSet result) {
    if (result.wasApplied()) {
      return new Transition(true, Optional.empty());
    }
    Row row = result.one();
    boolean known = row != null && row.getColumnDefinitions().contains("state");
    return new Transition(
        false,
        known
            ? Optional.ofNullable(row.getString("state"))
                .map(name -> Columns.word(TaskState.values(), name))
            : Optional.empty());
  }

  @Override
  public CompletionStage<Optional<TaskRow>> find(TaskKey key) {
    return statements
        .runAsync("reading task " + key.taskId(), key(select, key).build())
        .thenApply(result -> Optional.ofNullable(result.one()).map(CassandraTasks::task));
  }

  @Override
  public void scan(UUID campaignId, int cycle, Consumer<TaskRow> each) {
    for (int bucket = 0; bucket < Schema.CYCLE_BUCKETS; bucket++) {
      for (Row row :
          statements.run(
              "reading the tasks of campaign " + campaignId,
              selectBucket.bind(campaignId, cycle, bucket))) {
        each.accept(task(row));
      }
    }
  }

  private static BoundStatementBuilder key(PreparedStatement statement, TaskKey key) {
    return statement
        .boundStatementBuilder()
        .setUuid("campaign_id", key.campaignId())
        .setInt("cycle", key.cycle())
        .setInt("bucket", Schema.cycleBucket(key.taskId()))
        .setUuid("task_id", key.taskId());
  }

  private static TaskRow task(Row row) {
    return new TaskRow(
        new TaskKey(row.getUuid("campaign_id"), row.getInt("cycle"), row.getUuid("task_id")),
        row.getInt("round"),
        row.getLong("position"),
        row.getString("target"),
        row.getInt("sample"),
        row.getString("url"),
        row.getString("service"),
        row.getString("video_id"),
        row.getInstant("scheduled_at"),
        row.getInstant("expires_at"),
        Columns.word(TaskState.values(), row.getString("state")),
        row.getInt("attempt"),
        Columns.get(row, "agent_id", String.class),
        Columns.get(row, "lease_until", Instant.class),
        Columns.get(row, "outcome", String.class).map(CassandraTasks::outcome),
        Columns.get(row, "failure_kind", String.class).map(CassandraTasks::failureKind),
        Columns.get(row, "report_id", UUID.class),
        Columns.get(row, "counted_attempt", Integer.class));
  }

  private static Outcome outcome(String name) {
    return Columns.word(Outcome.values(), name);
  }

  private static FailureKind failureKind(String name) {
    return Columns.word(FailureKind.values(), name);
  }
}
