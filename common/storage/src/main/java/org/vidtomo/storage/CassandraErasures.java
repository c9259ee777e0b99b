package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds an agent's reports by going over the reports of all tasks: no table is by agent, since
 * nothing else asks for that. Thread-safe.
 */
final class CassandraErasures implements ErasureStore {
  private final Statements statements;
  private final PreparedStatement put;
  private final PreparedStatement find;
  private final PreparedStatement all;
  private final PreparedStatement ofRange;
  private final PreparedStatement deleteReport;
  private final PreparedStatement deleteOfTask;
  private final List<PreparedStatement> forget;
  private final MeasurementErasure measurements;

  /** A report of a task. */
  private record Found(UUID taskId, int attempt, UUID reportId) {}

  CassandraErasures(Statements statements) {
    this.statements = statements;
    measurements = new MeasurementErasure(statements);
    put =
        statements.prepare(
            "INSERT INTO "
                + Schema.ERASURE_BY_AGENT
                + " (agent_id, requested_at, passes, next_range, again, reports, done_at) VALUES"
                + " (:agent_id, :requested_at, :passes, :next_range, :again, :reports, :done_at)");
    find = statements.prepare("SELECT * FROM " + Schema.ERASURE_BY_AGENT + " WHERE agent_id = ?");
    all = statements.prepare("SELECT * FROM " + Schema.ERASURE_BY_AGENT);
    ofRange =
        statements.prepare(
            "SELECT task_id, attempt, report_id, agent_id FROM "
                + Schema.REPORT_BY_TASK
                + " WHERE token(task_id) > :after AND token(task_id) <= :last");
    deleteReport =
        statements.prepare(
            "DELETE FROM " + Schema.REPORT_BY_ID + " WHERE report_id = ? AND agent_id = ?");
    deleteOfTask =
        statements.prepare(
            "DELETE FROM "
                + Schema.REPORT_BY_TASK
                + " WHERE task_id = ? AND attempt = ? AND report_id = ?");
    forget =
        List.of(
            statements.prepare(
                "DELETE provider, provider_by FROM " + Schema.AGENT_BY_ID + " WHERE id = ?"),
            statements.prepare("DELETE FROM " + Schema.STRIKE_BY_AGENT + " WHERE agent_id = ?"),
            statements.prepare("DELETE FROM " + Schema.LINE_BY_AGENT + " WHERE agent_id = ?"));
  }

  @Override
  public void put(Erasure erasure) {
    BoundStatementBuilder statement =
        put.boundStatementBuilder()
            .setString("agent_id", erasure.agentId())
            .setInstant("requested_at", erasure.requestedAt())
            .setInt("passes", erasure.passes())
            .setInt("next_range", erasure.nextRange())
            .setInt("again", erasure.again())
            .setLong("reports", erasure.reports());
    statements.run(
        "keeping how far the erasure of agent %s has come".formatted(erasure.agentId()),
        Columns.set(statement, "done_at", erasure.doneAt(), Instant.class).build());
  }

  @Override
  public Optional<Erasure> find(String agentId) {
    return Optional.ofNullable(
            statements.run("reading the erasure of agent " + agentId, find.bind(agentId)).one())
        .map(CassandraErasures::erasure);
  }

  @Override
  public List<Erasure> pending() {
    List<Erasure> pending = new ArrayList<>();
    statements.each(
        "reading erasures",
        List.of(all.bind()),
        row -> {
          if (row.isNull("done_at")) {
            pending.add(erasure(row));
          }
        });
    return pending;
  }

  private static Erasure erasure(Row row) {
    return new Erasure(
        row.getString("agent_id"),
        row.getInstant("requested_at"),
        row.getInt("passes"),
        row.getInt("next_range"),
        // One that was begun before this was noted goes over all again.
        row.isNull("again") ? RANGES : row.getInt("again"),
        row.getLong("reports"),
        Columns.get(row, "done_at", Instant.class));
  }

  @Override
  public long erase(String agentId, int range) {
    String doing = "erasing reports of agent %s, range %d".formatted(agentId, range);
    List<Found> found = new ArrayList<>();
    BoundStatement reports =
        ofRange
            .boundStatementBuilder()
            .setLong("after", TokenRanges.lastToken(range - 1, RANGES))
            .setLong("last", TokenRanges.lastToken(range, RANGES))
            .build();
    statements.each(
        doing,
        List.of(reports),
        row -> {
          if (agentId.equals(row.getString("agent_id"))) {
            found.add(
                new Found(row.getUuid("task_id"), row.getInt("attempt"), row.getUuid("report_id")));
          }
        });
    for (Found each : found) {
      measurements.erase(agentId, each.taskId(), each.reportId());
      statements.run(doing, deleteReport.bind(each.reportId(), agentId));
      // Last: what a crash leaves is found by it again.
      statements.run(doing, deleteOfTask.bind(each.taskId(), each.attempt(), each.reportId()));
    }
    return found.size();
  }

  @Override
  public void forget(String agentId) {
    forget.forEach(each -> statements.run("forgetting agent " + agentId, each.bind(agentId)));
  }
}
