package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.vidtomo.core.wire.Wire;

final class CassandraReports implements ReportWriter, ReportReader {
  private final Statements statements;
  private final PreparedStatement insertReport;
  private final PreparedStatement insertOfTask;
  private final PreparedStatement insertOfDay;
  private final PreparedStatement insertOfCampaign;
  private final PreparedStatement select;
  private final PreparedStatement selectOfTask;

  CassandraReports(Statements statements) {
    this.statements = statements;
    insertReport =
        statements.prepare(
            "INSERT INTO "
                + Schema.REPORT_BY_ID
                + " (report_id, agent_id, key_id, signature, body, encoding, received_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    insertOfTask =
        statements.prepare(
            "INSERT INTO "
                + Schema.REPORT_BY_TASK
                + " (task_id, attempt, report_id, agent_id) VALUES (?, ?, ?, ?)");
    insertOfDay =
        statements.prepare(
            "INSERT INTO "
                + Schema.MEASUREMENT_BY_DAY
                + " (day, bucket, scheduled_at, task_id, value) VALUES (?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
    insertOfCampaign =
        statements.prepare(
            "INSERT INTO "
                + Schema.MEASUREMENT_BY_CAMPAIGN
                + " (campaign_id, cycle, bucket, task_id, value) VALUES (?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
    select = statements.prepare("SELECT * FROM " + Schema.REPORT_BY_ID + " WHERE report_id = ?");
    selectOfTask =
        statements.prepare(
            "SELECT attempt, report_id, agent_id FROM "
                + Schema.REPORT_BY_TASK
                + " WHERE task_id = ?");
  }

  @Override
  public CompletionStage<Void> write(StoredReport report, Measurement measurement) {
    String what = "storing report " + report.reportId();
    // The source of truth first: a row that counts must never lack its report.
    return statements
        .runAsync(
            what,
            insertReport.bind(
                report.reportId(),
                report.agentId(),
                report.keyId(),
                ByteBuffer.wrap(report.signature()),
                ByteBuffer.wrap(report.body()),
                report.encoding(),
                report.receivedAt()))
        .thenCompose(stored -> writeDerived(what, measurement));
  }

  private CompletionStage<Void> writeDerived(String what, Measurement measurement) {
    String value = Wire.toJson(measurement);
    long timestamp = timestamp(measurement.scheduledAt(), measurement.attempt());
    UUID task = measurement.taskId();
    List<CompletionStage<?>> writes = new ArrayList<>();
    writes.add(
        statements.runAsync(
            what,
            insertOfTask.bind(
                task, measurement.attempt(), measurement.reportId(), measurement.agentId())));
    writes.add(
        statements.runAsync(
            what,
            insertOfDay.bind(
                measurement.scheduledAt().atZone(ZoneOffset.UTC).toLocalDate(),
                Schema.dayBucket(task),
                measurement.scheduledAt(),
                task,
                value,
                timestamp)));
    measurement
        .campaignId()
        .ifPresent(
            campaign ->
                writes.add(
                    statements.runAsync(
                        what,
                        insertOfCampaign.bind(
                            campaign,
                            measurement.cycle(),
                            Schema.cycleBucket(task),
                            task,
                            value,
                            timestamp))));
    return Statements.all(writes);
  }

  /** The lower the attempt, the later the write seems: the lowest stands. */
  static long timestamp(Instant scheduledAt, int attempt) {
    return scheduledAt.getEpochSecond() * 1_000_000 + Measurement.MAX_ATTEMPT - attempt;
  }

  @Override
  public Optional<StoredReport> find(UUID reportId) {
    return Optional.ofNullable(
            statements.run("reading report " + reportId, select.bind(reportId)).one())
        .map(CassandraReports::report);
  }

  @Override
  public List<TaskReport> ofTask(UUID taskId) {
    List<TaskReport> reports = new ArrayList<>();
    for (Row row : statements.run("reading reports of task " + taskId, selectOfTask.bind(taskId))) {
      reports.add(
          new TaskReport(
              row.getInt("attempt"),
              row.getUuid("report_id"),
              row.getString("agent_id"),
              reports.isEmpty()));
    }
    return reports;
  }

  private static StoredReport report(Row row) {
    return new StoredReport(
        row.getUuid("report_id"),
        row.getString("agent_id"),
        row.getString("key_id"),
        bytes(row.getByteBuffer("signature")),
        bytes(row.getByteBuffer("body")),
        row.getString("encoding"),
        row.getInstant("received_at"));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
