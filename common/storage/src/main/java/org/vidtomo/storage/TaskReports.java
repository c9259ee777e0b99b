package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.vidtomo.storage.ReportReader.TaskReport;

/** Which reports a task has, those that do not count among them. */
final class TaskReports {
  /** Of two reports of one attempt the measurement rows keep the same one: see CountedRows. */
  private static final Comparator<TaskReport> COUNTED_FIRST =
      Comparator.comparingInt(TaskReport::attempt)
          .thenComparing(report -> report.reportId().toString(), Comparator.reverseOrder());

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  TaskReports(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.REPORT_BY_TASK
                + " (task_id, attempt, report_id, agent_id)"
                + " VALUES (:task_id, :attempt, :report_id, :agent_id)");
    select =
        statements.prepare(
            "SELECT attempt, report_id, agent_id FROM "
                + Schema.REPORT_BY_TASK
                + " WHERE task_id = :task_id");
  }

  BoundStatement insert(Measurement measurement) {
    return insert.bind(
        measurement.taskId(), measurement.attempt(), measurement.reportId(), measurement.agentId());
  }

  List<TaskReport> of(UUID taskId) {
    List<TaskReport> reports = new ArrayList<>();
    statements.each(
        "reading the reports of task " + taskId,
        List.of(select.bind(taskId)),
        row ->
            reports.add(
                new TaskReport(
                    row.getInt("attempt"),
                    row.getUuid("report_id"),
                    row.getString("agent_id"),
                    false)));
    reports.sort(COUNTED_FIRST);
    if (!reports.isEmpty()) {
      TaskReport first = reports.get(0);
      reports.set(0, new TaskReport(first.attempt(), first.reportId(), first.agentId(), true));
    }
    return List.copyOf(reports);
  }
}
