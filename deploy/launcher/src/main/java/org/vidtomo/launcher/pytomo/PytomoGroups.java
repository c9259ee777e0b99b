package org.vidtomo.launcher.pytomo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts together the rows that are one measurement: those of one page after another, each address of
 * a cache once, at most one of them with a download.
 */
final class PytomoGroups {
  /** Pytomo takes a minute for an address at most. */
  private static final Duration LONGEST_BREAK = Duration.ofMinutes(10);

  /** Caches times addresses; a bound, not a rule. */
  private static final int MOST_ROWS = 256;

  private final PytomoSource.Sink sink;
  private final List<PytomoRow> rows = new ArrayList<>();
  private final Set<String> addresses = new HashSet<>();
  private String page = "";
  private long first;
  private Instant last = Instant.MIN;
  private boolean downloaded;

  PytomoGroups(PytomoSource.Sink sink) {
    this.sink = sink;
  }

  void add(long number, PytomoRow row) {
    Instant at;
    try {
      PytomoReport.check(row);
      at = PytomoReport.time(row);
    } catch (IllegalArgumentException e) {
      sink.refused(number, "no row of Pytomo: " + e.getMessage());
      return;
    }
    String address = PytomoReport.address(row);
    boolean another =
        !row.text(PytomoColumn.URL).orElse("").equals(page)
            || addresses.contains(address)
            || rows.size() == MOST_ROWS
            || (downloaded && PytomoReport.downloaded(row))
            || Duration.between(last, at).abs().compareTo(LONGEST_BREAK) > 0;
    if (another) {
      flush();
      first = number;
      page = row.text(PytomoColumn.URL).orElse("");
    }
    rows.add(row);
    addresses.add(address);
    last = at;
    downloaded |= PytomoReport.downloaded(row);
  }

  /** Gives away what is together so far. */
  void flush() {
    if (!rows.isEmpty()) {
      try {
        sink.report(first, PytomoReport.of(rows));
      } catch (IllegalArgumentException | ArithmeticException e) {
        sink.refused(first, "no row of Pytomo: " + e.getMessage());
      }
    }
    rows.clear();
    addresses.clear();
    downloaded = false;
  }
}
