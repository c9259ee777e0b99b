package org.vidtomo.storage;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vidtomo.core.report.Report;

/** Reports in Cassandra, with the rows derived from them. Thread-safe. */
final class CassandraReports implements ReportWriter, ReportReader {
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2080-01-01T00:00:00Z");
  private static final int MOST_PLAIN_BYTES = 1 << 20;

  /** About 50 KB of measurements: as much as Cassandra takes of any batch. */
  private static final int MOST_ROWS = 40;

  private final Statements statements;
  private final Reports reports;
  private final TaskReports taskReports;
  private final CountedRows counted;
  private final SlotHours hours;
  private final RowBatches batches;
  private final DirtyHours dirtyHours;

  /** Prepares the statements. */
  public CassandraReports(Statements statements) {
    this.statements = statements;
    reports = new Reports(statements);
    taskReports = new TaskReports(statements);
    counted = new CountedRows(statements);
    hours = new SlotHours(statements);
    batches = new RowBatches(statements, "storing rows of a partition", MOST_ROWS);
    dirtyHours = new DirtyHours(statements);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the report is too large, the two do not belong together,
   *     or a time is not between 2020 and 2080: trying again would not help
   */
  @Override
  public CompletionStage<Void> write(StoredReport report, Measurement measurement) {
    check(report, measurement);
    return hours
        .note(measurement.scheduledAt())
        .thenCompose(
            noted ->
                all(
                    stored(report),
                    taskReports.write(measurement),
                    written(counted.rows(measurement))))
        // Whoever reads the note must find the rows.
        .thenCompose(written -> dirtyHours.note(measurement.scheduledAt()));
  }

  /** {@inheritDoc} */
  @Override
  public CompletionStage<Void> rewrite(Measurement measurement) {
    checkTime(measurement.reportId(), measurement.scheduledAt());
    return hours
        .note(measurement.scheduledAt())
        .thenCompose(noted -> written(counted.rows(measurement)))
        .thenCompose(written -> dirtyHours.note(measurement.scheduledAt()));
  }

  /** {@inheritDoc} */
  @Override
  public CompletionStage<Void> rewriteImported(Measurement measurement) {
    return written(counted.rowsByCampaign(measurement));
  }

  private CompletionStage<Void> written(List<PartitionRow> rows) {
    return CompletableFuture.allOf(
        rows.stream()
            .map(row -> batches.write(row.partition(), row.insert()).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> stored(StoredReport report) {
    return statements
        .runAsync("storing report " + report.reportId(), reports.insert(report))
        .thenAccept(done -> {});
  }

  @SafeVarargs
  private static CompletionStage<Void> all(CompletionStage<Void>... stages) {
    return CompletableFuture.allOf(
        Arrays.stream(stages)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /** {@inheritDoc} */
  @Override
  public CompletionStage<Void> writeImported(StoredReport report, Measurement measurement) {
    check(report, measurement);
    if (report.importedFrom().isEmpty() || measurement.campaignId().isEmpty()) {
      throw new IllegalArgumentException(
          "report %s names no data set or no campaign".formatted(report.reportId()));
    }
    return all(written(counted.rowsByCampaign(measurement)), taskReports.write(measurement))
        .thenCompose(written -> stored(report));
  }

  private static void check(StoredReport report, Measurement measurement) {
    if (!report.reportId().equals(measurement.reportId())) {
      throw new IllegalArgumentException(
          "report %s and measurement of report %s do not belong together"
              .formatted(report.reportId(), measurement.reportId()));
    }
    int most = report.encoding().equals("gzip") ? Report.MAX_COMPRESSED_BYTES : MOST_PLAIN_BYTES;
    if (report.body().length > most) {
      throw new IllegalArgumentException(
          "report %s has %d bytes (%s), at most %d are allowed"
              .formatted(report.reportId(), report.body().length, report.encoding(), most));
    }
    checkTime(report.reportId(), measurement.scheduledAt());
    checkTime(report.reportId(), report.receivedAt());
  }

  private static void checkTime(UUID reportId, Instant time) {
    if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
      throw new IllegalArgumentException(
          "report %s is of %s, must be between %s and %s; a clock is wrong"
              .formatted(reportId, time, EARLIEST, LATEST));
    }
  }

  @Override
  public Optional<StoredReport> find(UUID reportId) {
    return reports.find(reportId);
  }

  @Override
  public List<StoredReport> findAll(Collection<UUID> reportIds) {
    return reports.findAll(reportIds);
  }

  @Override
  public List<TaskReport> ofTask(UUID taskId) {
    return ofTasks(List.of(taskId)).getOrDefault(taskId, List.of());
  }

  @Override
  public Map<UUID, List<TaskReport>> ofTasks(Collection<UUID> taskIds) {
    return taskReports.of(taskIds);
  }
}
