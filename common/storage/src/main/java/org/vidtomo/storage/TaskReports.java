package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.vidtomo.storage.ReportReader.TaskReport;

/** Which reports a task has, those that do not count among them. */
final class TaskReports {
  /** Of two reports of one attempt the measurement rows keep the same one: see CountedRows. */
  private static final Comparator<TaskReport> COUNTED_FIRST =
      Comparator.comparingInt(TaskReport::attempt)
          .thenComparing(report -> report.reportId().toString(), Comparator.reverseOrder());

  /** Cassandra warns of a batch over more partitions. */
  private static final int MOST_TOGETHER = 10;

  private static final int LINES = 8;

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final RowBatches batches;

  TaskReports(Statements statements) {
    this.statements = statements;
    batches = new RowBatches(statements, "noting reports of tasks", MOST_TOGETHER);
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.REPORT_BY_TASK
                + " (task_id, attempt, report_id, agent_id)"
                + " VALUES (:task_id, :attempt, :report_id, :agent_id)");
    select =
        statements.prepare(
            "SELECT task_id, attempt, report_id, agent_id FROM "
                + Schema.REPORT_BY_TASK
                + " WHERE task_id = :task_id");
  }

  /**
   * Notes a report of a task. What comes in one line while a write is under way goes in one batch
   * after it, although each row has a partition of its own: the rows are so small that a request
   * for each costs more than what a node does for the others.
   *
   * @return done when it is written; fails with {@link StoreException}
   */
  CompletionStage<Void> write(Measurement measurement) {
    return batches.write(
        Math.floorMod(measurement.taskId().hashCode(), LINES),
        insert.bind(
            measurement.taskId(),
            measurement.attempt(),
            measurement.reportId(),
            measurement.agentId()));
  }

  Map<UUID, List<TaskReport>> of(Collection<UUID> taskIds) {
    Map<UUID, List<TaskReport>> found = new HashMap<>();
    statements.each(
        "reading the reports of tasks",
        taskIds.stream().map(select::bind).toList(),
        Statements.MANY_AHEAD,
        row ->
            found
                .computeIfAbsent(row.getUuid("task_id"), task -> new ArrayList<>())
                .add(
                    new TaskReport(
                        row.getInt("attempt"),
                        row.getUuid("report_id"),
                        row.getString("agent_id"),
                        false)));
    found.replaceAll((task, reports) -> countedFirst(reports));
    return found;
  }

  private static List<TaskReport> countedFirst(List<TaskReport> reports) {
    reports.sort(COUNTED_FIRST);
    TaskReport first = reports.get(0);
    reports.set(0, new TaskReport(first.attempt(), first.reportId(), first.agentId(), true));
    return List.copyOf(reports);
  }
}
