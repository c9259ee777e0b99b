package org.vidtomo.dashboard.api;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The measurements that count, a row each, after a row of headings. */
final class CsvLines implements ExportLines {
  private final ExportPages pages;
  private boolean begun;

  CsvLines(ExportPages pages) {
    this.pages = pages;
  }

  @Override
  public Optional<Buffer> next() {
    if (pages.ended()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(begun ? "" : MeasurementCsv.head());
    begun = true;
    pages.next().forEach(each -> text.append(MeasurementCsv.line(each)));
    return Optional.of(Buffer.buffer(text.toString()));
  }
}
