package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads all reports by ranges of the ring's tokens, and keeps which ranges are done. */
final class CassandraRederivation implements RederivationStore {
  /** A page of the largest reports is 3 MB; one is read ahead. */
  private static final int PAGE_REPORTS = 100;

  private final Statements statements;
  private final PreparedStatement ofRange;
  private final PreparedStatement selectDone;
  private final PreparedStatement insertDone;
  private final PreparedStatement deleteDone;
  private final PreparedStatement counted;

  CassandraRederivation(Statements statements) {
    this.statements = statements;
    ofRange =
        statements.prepare(
            "SELECT * FROM "
                + Schema.REPORT_BY_ID
                + " WHERE token(report_id) > :after AND token(report_id) <= :last");
    selectDone =
        statements.prepare(
            "SELECT range, reports FROM " + Schema.REDERIVED_RANGE + " WHERE version = :version");
    insertDone =
        statements.prepare(
            "INSERT INTO "
                + Schema.REDERIVED_RANGE
                + " (version, range, reports) VALUES (:version, :range, :reports)");
    deleteDone =
        statements.prepare("DELETE FROM " + Schema.REDERIVED_RANGE + " WHERE version = :version");
    counted =
        statements.prepare(
            "SELECT task_id, value FROM "
                + Schema.MEASUREMENT_BY_CAMPAIGN
                + " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket = :bucket"
                + " AND task_id = :task_id");
  }

  @Override
  public void reportsOf(int range, Consumer<StoredReport> each) {
    statements.each(
        "reading the reports of range " + range,
        List.of(
            ofRange
                .boundStatementBuilder()
                .setLong("after", TokenRanges.lastToken(range - 1, RANGES))
                .setLong("last", TokenRanges.lastToken(range, RANGES))
                .setPageSize(PAGE_REPORTS)
                .build()),
        row -> each.accept(Reports.report(row)));
  }

  @Override
  public Map<Integer, Long> done(int version) {
    Map<Integer, Long> done = new TreeMap<>();
    statements.each(
        "reading how far deriving version " + version + " has come",
        List.of(selectDone.bind(version)),
        row -> done.put(row.getInt("range"), row.getLong("reports")));
    return done;
  }

  @Override
  public void markDone(int version, int range, long reports) {
    statements.run(
        "noting that range %d is derived with version %d".formatted(range, version),
        insertDone.bind(version, range, reports));
  }

  @Override
  public void begin(int version) {
    statements.run("beginning version " + version + " anew", deleteDone.bind(version));
  }

  @Override
  public Optional<Measurement> counted(UUID campaignId, int cycle, UUID taskId) {
    List<Measurement> found = new ArrayList<>();
    statements.each(
        "reading the measurement of task " + taskId,
        List.of(counted.bind(campaignId, cycle, Schema.cycleBucket(taskId), taskId)),
        row -> MeasurementValue.of(row).ifPresent(found::add));
    return found.stream().findFirst();
  }
}
