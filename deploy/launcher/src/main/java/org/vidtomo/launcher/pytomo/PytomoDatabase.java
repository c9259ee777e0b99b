package org.vidtomo.launcher.pytomo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Report;

/** A SQLite file as Pytomo writes them, there under its name only when it is whole. */
public final class PytomoDatabase implements AutoCloseable {
  private static final int ROWS_A_BATCH = 1_000;

  private final Path file;
  private final Path part;
  private final PytomoRows rows;
  private final Connection connection;
  private final PreparedStatement insert;
  private int waiting;
  private long written;
  private long withoutCache;

  /**
   * Makes {@code FILE.part} beside it, with a table of Pytomo's name for the time.
   *
   * @throws IOException when it cannot be written
   */
  public PytomoDatabase(Path file, PytomoRows rows, Instant now) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a directory: name a file".formatted(file));
    }
    this.file = file.toAbsolutePath();
    this.rows = rows;
    part = this.file.resolveSibling(this.file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + part);
      insert = prepared(table(now));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement prepared(String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The file gets its name only when it is whole: a journal would protect nothing.
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute(PytomoColumn.createTable(table));
    }
    connection.setAutoCommit(false);
    return connection.prepareStatement(PytomoColumn.insert(table));
  }

  private static String table(Instant now) {
    return "pytomo_crawl_"
        + DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(now);
  }

  /** Adds a report's rows. */
  public void add(Report report, PlayerBuffer buffer) throws IOException {
    List<PytomoRow> of = rows.of(report, buffer);
    withoutCache += of.isEmpty() ? 1 : 0;
    try {
      for (PytomoRow row : of) {
        for (PytomoColumn column : PytomoColumn.values()) {
          insert.setObject(column.ordinal() + 1, row.value(column).orElse(null));
        }
        insert.addBatch();
        written++;
        if (++waiting == ROWS_A_BATCH) {
          flush();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    connection.commit();
    waiting = 0;
  }

  /** Rows so far. */
  public long rows() {
    return written;
  }

  /** Reports so far that name no address of a cache, and so have no row. */
  public long withoutCache() {
    return withoutCache;
  }

  /** Gives the file its name, once all of it is there. */
  public void commit() throws IOException {
    try {
      flush();
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What was not committed goes. */
  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private IOException failed(SQLException e) {
    return new IOException(
        "writing %s failed: %s; see whether the disk is full".formatted(part, e.getMessage()), e);
  }
}
