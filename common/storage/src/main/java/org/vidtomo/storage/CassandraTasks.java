package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

final class CassandraTasks implements TaskStore {
  static final WireNames<TaskState> STATES = WireNames.strict(TaskState.class);
  private static final WireNames<Outcome> OUTCOMES =
      WireNames.lenient(Outcome.class, Outcome.FAILED);
  private static final WireNames<FailureKind> KINDS =
      WireNames.lenient(FailureKind.class, FailureKind.UNKNOWN);

  static final String AT =
      " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket = :bucket"
          + " AND task_id = :task_id";

  private final Statements statements;
  private final PreparedStatement insert;
  private final TaskTransitions transitions;
  private final PreparedStatement select;
  private final PreparedStatement selectBuckets;

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
    transitions = new TaskTransitions(statements);
    select = statements.prepare("SELECT * FROM " + Schema.TASK_BY_CYCLE + AT);
    selectBuckets =
        statements.prepare(
            "SELECT * FROM "
                + Schema.TASK_BY_CYCLE
                + " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket IN :buckets");
  }

  private record Partition(UUID campaignId, int cycle, int bucket) {}

  @Override
  public CompletionStage<Void> insertPlanned(List<TaskRow> tasks) {
    Map<Partition, List<BoundStatement>> byPartition = new LinkedHashMap<>();
    for (TaskRow task : tasks) {
      TaskKey key = task.key();
      byPartition
          .computeIfAbsent(
              new Partition(key.campaignId(), key.cycle(), Schema.cycleBucket(key.taskId())),
              partition -> new ArrayList<>())
          .add(insert(task));
    }
    return statements.runAll("storing planned tasks", Statements.batches(byPartition.values()));
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
    return transitions.run(key, expected, expectedAttempt, to);
  }

  @Override
  public CompletionStage<Optional<TaskRow>> find(TaskKey key) {
    return statements
        .runAsync("reading task " + key.taskId(), at(select, key).build())
        .thenApply(result -> Optional.ofNullable(result.one()).map(CassandraTasks::task));
  }

  @Override
  public void scan(UUID campaignId, int cycle, Consumer<TaskRow> each) {
    statements.each(
        "reading the tasks of campaign %s, cycle %d".formatted(campaignId, cycle),
        Statements.ofCycle(selectBuckets, campaignId, cycle),
        row -> each.accept(task(row)));
  }

  /** A statement about one task. */
  static BoundStatementBuilder at(PreparedStatement statement, TaskKey key) {
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
        STATES.get(row.getString("state")),
        row.getInt("attempt"),
        Columns.get(row, "agent_id", String.class),
        Columns.get(row, "lease_until", Instant.class),
        Columns.get(row, "outcome", String.class).map(OUTCOMES::get),
        Columns.get(row, "failure_kind", String.class).map(KINDS::get),
        Columns.get(row, "report_id", UUID.class),
        Columns.get(row, "counted_attempt", Integer.class));
  }
}
