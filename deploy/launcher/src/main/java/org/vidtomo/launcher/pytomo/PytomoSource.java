package org.vidtomo.launcher.pytomo;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vidtomo.core.report.Report;

/** Reports out of Pytomo's files, one after another, in bounded memory. */
public final class PytomoSource {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_RECORD_CHARS = 256 << 10;
  private static final int LOOK_AHEAD = 4_096;

  /** Takes what a file holds; numbers count rows of a table, lines of a text. */
  public interface Sink {
    void report(long number, Report report);

    void refused(long number, String why);
  }

  private PytomoSource() {}

  /** Whether a stream begins as a database does; it is as before then. */
  public static boolean isDatabase(BufferedInputStream in) throws IOException {
    in.mark(SQLITE.length);
    byte[] begin = in.readNBytes(SQLITE.length);
    in.reset();
    return java.util.Arrays.equals(begin, SQLITE);
  }

  /** Whether a stream begins as a list of records does; it is as before then. */
  public static boolean isText(BufferedInputStream in) throws IOException {
    in.mark(LOOK_AHEAD);
    byte[] begin = in.readNBytes(LOOK_AHEAD);
    in.reset();
    String start = new String(begin, StandardCharsets.UTF_8).stripLeading();
    return start.startsWith("(");
  }

  /** Reads the records that Pytomo prints, parted by empty lines. */
  public static void text(InputStream in, Sink sink) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    PytomoGroups groups = new PytomoGroups(sink);
    StringBuilder record = new StringBuilder();
    long number = 0;
    long began = 1;
    for (String line = reader.readLine(); ; line = reader.readLine()) {
      number++;
      if (line == null || line.isBlank()) {
        record(began, record, groups, sink);
        record.setLength(0);
        began = number + 1;
        if (line == null) {
          groups.flush();
          return;
        }
      } else if (record.length() + line.length() <= MAX_RECORD_CHARS) {
        record.append(line).append('\n');
      } else {
        // Kept too long on purpose, so that it is refused where it ends.
        record.setLength(0);
        record.append(" ".repeat(MAX_RECORD_CHARS + 1));
      }
    }
  }

  private static void record(long line, StringBuilder record, PytomoGroups groups, Sink sink) {
    if (record.length() == 0) {
      return;
    }
    if (record.length() > MAX_RECORD_CHARS) {
      sink.refused(line, "a record of over %d characters".formatted(MAX_RECORD_CHARS));
      return;
    }
    try {
      PytomoRecord.rows(record.toString()).forEach(row -> groups.add(line, row));
    } catch (IllegalArgumentException e) {
      sink.refused(line, "no record of Pytomo: " + e.getMessage());
    }
  }

  /**
   * Reads every table of a database that has Pytomo's columns.
   *
   * @throws IOException when it is none, or has no such table
   */
  public static void database(Path file, Sink sink) throws IOException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file.toAbsolutePath() + "?mode=ro");
        Statement statement = connection.createStatement()) {
      List<String> tables = tables(statement);
      if (tables.isEmpty()) {
        throw new IOException(
            "%s has no table with Pytomo's columns ID, Url, CacheUrl and IP".formatted(file));
      }
      PytomoGroups groups = new PytomoGroups(sink);
      long number = 0;
      for (String table : tables) {
        number = table(statement, table, number, groups);
      }
      groups.flush();
    } catch (SQLException e) {
      throw new IOException(
          "%s cannot be read as a database: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet all =
        statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (all.next()) {
        names.add(all.getString(1));
      }
    }
    List<String> found = new ArrayList<>();
    for (String name : names) {
      try (ResultSet none = statement.executeQuery("SELECT * FROM " + quoted(name) + " LIMIT 0")) {
        if (columns(none.getMetaData())
            .keySet()
            .containsAll(List.of("id", "url", "cacheurl", "ip"))) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static Map<String, Integer> columns(ResultSetMetaData described) throws SQLException {
    Map<String, Integer> columns = new TreeMap<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      columns.put(described.getColumnName(i).toLowerCase(Locale.ROOT), i);
    }
    return columns;
  }

  private static long table(Statement statement, String table, long before, PytomoGroups groups)
      throws SQLException {
    long number = before;
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + quoted(table))) {
      Map<String, Integer> columns = columns(rows.getMetaData());
      while (rows.next()) {
        number++;
        PytomoRow row = new PytomoRow();
        for (PytomoColumn column : PytomoColumn.values()) {
          Integer index = columns.get(column.column().toLowerCase(Locale.ROOT));
          // Older versions of Pytomo had fewer columns.
          if (index != null) {
            row.with(column, rows.getObject(index));
          }
        }
        groups.add(number, row);
      }
    }
    return number;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
