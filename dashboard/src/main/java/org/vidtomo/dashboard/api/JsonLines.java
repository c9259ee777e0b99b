package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.dataset.Collected;
import org.vidtomo.core.dataset.DataSet;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.ReportReader.TaskReport;
import org.vidtomo.storage.StoredReport;

/**
 * A data set as docs/data-format.md describes it: what it is, the reports, how many there are. Of
 * each task come all reports, each saying whether it counts. Reports are read many at a time, since
 * each is a query of its own; what is in memory is bounded.
 */
final class JsonLines implements ExportLines {
  private static final Logger LOG = LoggerFactory.getLogger(JsonLines.class);

  /** Compressed they take up to 32 KiB each. */
  private static final int REPORTS_AT_ONCE = 64;

  private static final int PIECE_BYTES = 256 << 10;

  private final DataSet dataSet;
  private final ExportPages pages;
  private final ReportReader reports;
  private final Map<String, String> providers;
  private final Predicate<String> mayName;
  private final Pseudonyms pseudonyms = new Pseudonyms();
  private final Deque<Wanted> wanted = new ArrayDeque<>();
  private final Deque<Found> found = new ArrayDeque<>();
  private boolean begun;
  private boolean ended;
  private long written;
  private long uncounted;
  private long unreadable;

  /** A report of a task, not read yet. */
  private record Wanted(UUID reportId, String agentId, Optional<Measurement> counted) {}

  private record Found(Wanted wanted, StoredReport stored) {}

  /**
   * Nothing is read yet.
   *
   * @param providers of the agents, by id, as the coordinator knows them
   * @param mayName which agents who asks may know; others have another name in each export
   */
  JsonLines(
      DataSet dataSet,
      ExportPages pages,
      ReportReader reports,
      Map<String, String> providers,
      Predicate<String> mayName) {
    this.dataSet = dataSet;
    this.pages = pages;
    this.reports = reports;
    this.providers = providers;
    this.mayName = mayName;
  }

  @Override
  public Optional<Buffer> next() {
    if (ended) {
      return Optional.empty();
    }
    Buffer text = Buffer.buffer();
    if (!begun) {
      begun = true;
      append(text, Map.of(DataSet.MEMBER, dataSet));
    }
    fill();
    while (!found.isEmpty() && text.length() < PIECE_BYTES) {
      line(text, found.remove());
    }
    if (found.isEmpty() && wanted.isEmpty() && pages.ended()) {
      ended = true;
      append(text, Map.of(DataSetEnd.MEMBER, new DataSetEnd(written, uncounted, unreadable)));
    }
    return Optional.of(text);
  }

  private static void append(Buffer text, Object value) {
    text.appendBytes(Wire.toBytes(value)).appendByte((byte) '\n');
  }

  private void fill() {
    if (!found.isEmpty()) {
      return;
    }
    if (wanted.isEmpty() && !pages.ended()) {
      want(pages.next());
    }
    read();
  }

  private void want(List<Measurement> measurements) {
    Map<UUID, List<TaskReport>> tasks =
        reports.ofTasks(measurements.stream().map(Measurement::taskId).toList());
    for (Measurement measurement : measurements) {
      wanted.add(
          new Wanted(measurement.reportId(), measurement.agentId(), Optional.of(measurement)));
      tasks.getOrDefault(measurement.taskId(), List.of()).stream()
          .filter(report -> !report.reportId().equals(measurement.reportId()))
          .map(report -> new Wanted(report.reportId(), report.agentId(), Optional.empty()))
          .forEach(wanted::add);
    }
  }

  private void read() {
    Map<UUID, Wanted> some = new HashMap<>();
    while (some.size() < REPORTS_AT_ONCE && !wanted.isEmpty()) {
      Wanted each = wanted.remove();
      some.putIfAbsent(each.reportId(), each);
    }
    for (StoredReport stored : reports.findAll(some.keySet())) {
      Wanted each = some.get(stored.reportId());
      if (each != null && each.agentId().equals(stored.agentId())) {
        found.add(new Found(each, stored));
        some.remove(stored.reportId());
      }
    }
    some.values().forEach(each -> leftOut(each, "it is not in the store"));
  }

  private void line(Buffer text, Found each) {
    try {
      ObjectNode line = PublicReports.line(each.stored(), collected(each));
      if (!mayName.test(each.stored().agentId())) {
        PublicReports.renameAgent(line, pseudonyms.of(each.stored().agentId()));
      }
      append(text, line);
      written++;
      uncounted += each.wanted().counted().isPresent() ? 0 : 1;
    } catch (IllegalStateException e) {
      leftOut(each.wanted(), e.getMessage());
    }
  }

  private Collected collected(Found each) {
    Optional<Measurement> counted = each.wanted().counted();
    StoredReport stored = each.stored();
    Optional<String> provider =
        counted.isPresent()
            ? counted.get().provider()
            : Optional.ofNullable(providers.get(stored.agentId()));
    return new Collected(
        counted.isPresent(),
        stored.importedFrom().isEmpty(),
        stored.receivedAt(),
        provider,
        counted.map(m -> OptionalInt.of(m.derivationVersion())).orElse(OptionalInt.empty()));
  }

  /** One bad report must not keep all others from coming out; the last line counts them. */
  private void leftOut(Wanted each, String why) {
    unreadable++;
    LOG.warn("left a report out of an export reportId={} error=\"{}\"", each.reportId(), why);
  }
}
