package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The signed bytes of reports, by id. */
final class Reports {
  /**
   * The report that came first stays, without looking before writing: the write timestamp falls as
   * time goes on. Until 2080 it is above 0, and always below now, so that deleting works.
   */
  private static final long FIRST_WINS_MICROS =
      Columns.micros(Instant.parse("2080-01-01T00:00:00Z"));

  /** Whenever it comes, an imported report gives way to one whose signature was verified. */
  private static final long BELOW_ALL_VERIFIED_MICROS = 1;

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement find;

  Reports(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.REPORT_BY_ID
                + " (report_id, agent_id, key_id, signature, body, encoding, received_at)"
                + " VALUES (:report_id, :agent_id, :key_id, :signature, :body, :encoding,"
                + " :received_at) USING TIMESTAMP :written");
    find =
        statements.prepare(
            "SELECT * FROM " + Schema.REPORT_BY_ID + " WHERE report_id = :report_id");
  }

  BoundStatement insert(StoredReport report) {
    return insert
        .boundStatementBuilder()
        .setUuid("report_id", report.reportId())
        .setString("agent_id", report.agentId())
        .setString("key_id", report.keyId())
        .setByteBuffer("signature", ByteBuffer.wrap(report.signature()))
        .setByteBuffer("body", ByteBuffer.wrap(report.body()))
        .setString("encoding", report.encoding())
        .setInstant("received_at", report.receivedAt())
        .setLong("written", written(report))
        .build();
  }

  private static long written(StoredReport report) {
    return report.importedFrom().isPresent()
        ? BELOW_ALL_VERIFIED_MICROS
        : FIRST_WINS_MICROS - Columns.micros(report.receivedAt());
  }

  List<StoredReport> findAll(Collection<UUID> reportIds) {
    List<StoredReport> found = new ArrayList<>();
    statements.each(
        "reading reports",
        reportIds.stream().map(find::bind).toList(),
        Statements.MANY_AHEAD,
        row -> found.add(report(row)));
    return found;
  }

  Optional<StoredReport> find(UUID reportId) {
    // The id is the agent's choice: another agent that takes it does not hide the first.
    return findAll(List.of(reportId)).stream()
        .min(Comparator.comparing(StoredReport::receivedAt).thenComparing(StoredReport::agentId));
  }

  static StoredReport report(Row row) {
    return new StoredReport(
        row.getUuid("report_id"),
        row.getString("agent_id"),
        row.getString("key_id"),
        Bytes.getArray(row.getByteBuffer("signature")),
        Bytes.getArray(row.getByteBuffer("body")),
        row.getString("encoding"),
        row.getInstant("received_at"));
  }
}
