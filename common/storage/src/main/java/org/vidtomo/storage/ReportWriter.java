package org.vidtomo.storage;

import java.util.concurrent.CompletionStage;

/** Takes reports in. */
public interface ReportWriter {
  /**
   * Stores a report with what was derived from it. The same again lands on the same rows. Of
   * several reports of one task the one of the lowest attempt counts, in whatever order they come.
   *
   * @return done when every row is written
   */
  CompletionStage<Void> write(StoredReport report, Measurement measurement);
}
