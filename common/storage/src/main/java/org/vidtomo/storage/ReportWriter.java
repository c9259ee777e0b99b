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

  /**
   * Stores again what is derived from a report that is stored. It takes the place of what a lower
   * derivation version made of the same attempt, and never that of a lower attempt.
   *
   * @return done when every row is written
   */
  CompletionStage<Void> rewrite(Measurement measurement);

  /** The same for a report out of a data set, which is read by its campaign alone. */
  CompletionStage<Void> rewriteImported(Measurement measurement);

  /**
   * Stores a report out of a data set. What was imported is read by its campaign alone: it never
   * stands among the measurements of all campaigns. The report itself is written last, so that one
   * that is there is there whole; one whose signature was verified is never written over.
   *
   * @param measurement of a campaign
   * @return done when every row is written
   */
  CompletionStage<Void> writeImported(StoredReport report, Measurement measurement);
}
