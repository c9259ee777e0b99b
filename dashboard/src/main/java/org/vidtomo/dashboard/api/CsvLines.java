package org.vidtomo.dashboard.api;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Predicate;

/** The measurements that count, a row each, after a row of headings. */
final class CsvLines implements ExportLines {
  private final ExportPages pages;
  private final Predicate<String> mayName;
  private boolean begun;

  /**
   * Nothing is read yet.
   *
   * @param mayName which agents who asks may know
   */
  CsvLines(ExportPages pages, Predicate<String> mayName) {
    this.pages = pages;
    this.mayName = mayName;
  }

  @Override
  public Optional<Buffer> next() {
    if (pages.ended()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(begun ? "" : MeasurementCsv.head());
    begun = true;
    pages
        .next()
        .forEach(each -> text.append(MeasurementCsv.line(each, mayName.test(each.agentId()))));
    return Optional.of(Buffer.buffer(text.toString()));
  }
}
