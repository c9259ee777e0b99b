package org.vidtomo.launcher.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Copies an export from the dashboard and finds out whether it came whole. */
public final class ExportCopy {
  private static final int BUFFER_BYTES = 64 << 10;

  /** A report of 4 MiB and what is said of it. */
  private static final int MAX_LINE_BYTES = Wire.MAX_BYTES + (64 << 10);

  private static final byte[] END =
      ("{\"" + DataSetEnd.MEMBER + "\":").getBytes(StandardCharsets.UTF_8);

  private ExportCopy() {}

  /** Takes the lines of a data set, without their ends. */
  interface Lines {
    void take(byte[] line) throws IOException;
  }

  /**
   * Copies a data set. Its last line is written only if the number of reports is right.
   *
   * @return its last line
   * @throws IOException when it broke off, or cannot be written
   */
  public static DataSetEnd dataSet(InputStream in, OutputStream out) throws IOException {
    return lines(
        in,
        line -> {
          out.write(line);
          out.write('\n');
        });
  }

  /** Gives away the lines of a data set; the last only if the number of reports is right. */
  static DataSetEnd lines(InputStream in, Lines out) throws IOException {
    BoundedLines lines = new BoundedLines(in, MAX_LINE_BYTES);
    long before = 0;
    while (true) {
      Optional<BoundedLines.Line> line = read(lines, Math.max(0, before - 1));
      if (line.isEmpty()) {
        throw brokeOff(Math.max(0, before - 1), "it has no last line");
      }
      byte[] bytes = line.get().bytes();
      if (line.get().tooLong()) {
        throw brokeOff(before, "a line is over %d bytes".formatted(MAX_LINE_BYTES));
      }
      boolean last = startsWith(bytes, END);
      Optional<DataSetEnd> end = last ? Optional.of(end(bytes)) : Optional.empty();
      if (end.isPresent() && end.get().reports() != before - 1) {
        throw brokeOff(before - 1, "its last line says " + end.get().reports());
      }
      out.take(bytes);
      if (end.isPresent()) {
        return end.get();
      }
      before++;
    }
  }

  /**
   * Copies CSV.
   *
   * @return the rows below the headings
   */
  public static long csv(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long rows = 0;
    boolean quoted = false;
    for (int read = csvBytes(in, buffer, rows); read >= 0; read = csvBytes(in, buffer, rows)) {
      for (int i = 0; i < read; i++) {
        quoted ^= buffer[i] == '"';
        rows += !quoted && buffer[i] == '\n' ? 1 : 0;
      }
      out.write(buffer, 0, read);
    }
    if (rows == 0 || quoted) {
      throw brokeOff(Math.max(0, rows - 1), "it ends within a row");
    }
    return rows - 1;
  }

  private static int csvBytes(InputStream in, byte[] buffer, long rows) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw brokeOff(Math.max(0, rows - 1), e.getMessage());
    }
  }

  private static Optional<BoundedLines.Line> read(BoundedLines lines, long reports)
      throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      throw brokeOff(reports, e.getMessage());
    }
  }

  private static DataSetEnd end(byte[] line) throws IOException {
    try {
      if (Entry.parse(line) instanceof Entry.End end) {
        return end.end();
      }
      throw new IOException("the export's last line is not one");
    } catch (WireException e) {
      throw new IOException("the export's last line cannot be read: " + e.getMessage(), e);
    }
  }

  private static IOException brokeOff(long reports, String why) {
    return new IOException(
        "the export broke off after %d reports (%s): look at the dashboard's log, then export again"
            .formatted(reports, why));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
