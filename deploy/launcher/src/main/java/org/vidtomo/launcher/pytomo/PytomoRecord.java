package org.vidtomo.launcher.pytomo;

import static org.vidtomo.launcher.pytomo.PytomoColumn.*;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A record as Pytomo prints it: {@code (url, cache url, {address: [time, pings, download, redirect,
 * resolver, time to resolve, AS, status]})}.
 */
final class PytomoRecord {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private static final int STATISTICS = 8;

  /** Of a download, in the order of its list. */
  private static final List<PytomoColumn> DOWNLOAD =
      List.of(
          DOWNLOAD_TIME,
          VIDEO_TYPE,
          VIDEO_DURATION,
          VIDEO_LENGTH,
          ENCODING_RATE,
          DOWNLOAD_BYTES,
          DOWNLOAD_INTERRUPTIONS,
          INITIAL_DATA,
          INITIAL_RATE,
          INITIAL_PLAYBACK_BUFFER,
          BUFFERING_DURATION,
          PLAYBACK_DURATION,
          BUFFER_DURATION_AT_END,
          TIME_TO_GET_FIRST_BYTE,
          MAX_INSTANT_THP);

  private static final List<PytomoColumn> PING = List.of(PING_MIN, PING_AVG, PING_MAX);

  private PytomoRecord() {}

  /**
   * Its rows, one an address.
   *
   * @throws IllegalArgumentException saying what it lacks
   */
  static List<PytomoRow> rows(String record) {
    List<?> parts =
        list(PythonLiteral.parse(record), 3, "a tuple of url, cache url and statistics");
    if (!(parts.get(2) instanceof Map<?, ?> statistics)) {
      throw new IllegalArgumentException("its third part is no dictionary by address");
    }
    List<PytomoRow> rows = new ArrayList<>();
    statistics.forEach(
        (address, of) ->
            rows.add(row(parts, address, list(of, STATISTICS, "eight statistics an address"))));
    return rows;
  }

  private static PytomoRow row(List<?> parts, Object address, List<?> of) {
    if (!(of.get(0) instanceof LocalDateTime time)) {
      throw new IllegalArgumentException("its first statistic is no time");
    }
    PytomoRow row =
        new PytomoRow()
            .with(ID, TIME.format(time))
            .with(URL, known(parts.get(0)))
            .with(CACHE_URL, known(parts.get(1)))
            .with(IP, known(address))
            .with(REDIRECT_URL, known(of.get(3)))
            .with(RESOLVER, known(of.get(4)))
            .with(RESOLVE_TIME, known(of.get(5)))
            .with(AS_NUMBER, known(of.get(6)))
            .with(STATUS_CODE, known(of.get(7)));
    fill(row, of.get(1), PING, "three ping times");
    fill(row, of.get(2), DOWNLOAD, "fifteen download statistics");
    return row;
  }

  private static void fill(PytomoRow row, Object values, List<PytomoColumn> columns, String what) {
    if (!Optional.empty().equals(values)) {
      List<?> of = list(values, columns.size(), what);
      for (int i = 0; i < columns.size(); i++) {
        row.with(columns.get(i), known(of.get(i)));
      }
    }
  }

  private static List<?> list(Object value, int size, String what) {
    if (value instanceof List<?> list && list.size() == size) {
      return list;
    }
    throw new IllegalArgumentException("it has not " + what);
  }

  private static Optional<?> known(Object value) {
    return value instanceof Optional<?> none ? none : Optional.of(value);
  }
}
