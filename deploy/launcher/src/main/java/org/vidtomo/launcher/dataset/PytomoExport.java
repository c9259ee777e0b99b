package org.vidtomo.launcher.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.launcher.pytomo.PytomoDatabase;

/** Copies an export from the dashboard into a file of Pytomo's kind, a report at a time. */
public final class PytomoExport {
  private PytomoExport() {}

  /**
   * Copies a data set.
   *
   * @return its last line
   * @throws IOException when it broke off, or cannot be written
   */
  public static DataSetEnd copy(InputStream dataSet, PytomoDatabase out) throws IOException {
    return ExportCopy.lines(dataSet, line -> take(line, out));
  }

  private static void take(byte[] line, PytomoDatabase out) throws IOException {
    try {
      if (Entry.parse(line) instanceof Entry.Reported reported) {
        out.add(reported.report(), buffer(reported.report()));
      }
    } catch (WireException e) {
      throw new IOException("a line of the export cannot be read: " + e.getMessage(), e);
    }
  }

  /** As its campaign asked for; a report without a campaign does not say. */
  private static PlayerBuffer buffer(Report report) throws WireException {
    Optional<ReportAssignment> embedded = report.assignment();
    return PlayerBuffer.of(
        embedded.isPresent()
            ? ImportedReport.assignment(report, embedded.get()).parameters()
            : MeasurementParameters.DEFAULTS);
  }
}
