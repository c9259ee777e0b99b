package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.YearMonth;

/** Bytes spent, as they are in the budget's file. */
record Account(LocalDate day, long dayBytes, YearMonth month, long monthBytes) {
  Account {
    if (dayBytes < 0 || monthBytes < 0) {
      throw new IllegalArgumentException("bytes must be >= 0");
    }
    requireNonNull(day, "day");
    requireNonNull(month, "month");
  }

  static Account empty(LocalDate today) {
    return new Account(today, 0, YearMonth.from(today), 0);
  }

  Account plus(long bytes) {
    return new Account(day, dayBytes + bytes, month, monthBytes + bytes);
  }

  /** A clock that was set back changes nothing: it would hand out a day twice. */
  Account on(LocalDate today) {
    LocalDate laterDay = today.isAfter(day) ? today : day;
    YearMonth laterMonth = YearMonth.from(laterDay);
    boolean newMonth = laterMonth.isAfter(month);
    return new Account(
        laterDay,
        laterDay.equals(day) ? dayBytes : 0,
        newMonth ? laterMonth : month,
        newMonth ? 0 : monthBytes);
  }

  /** The same bytes, of another day: this one's came from a clock that was wrong. */
  Account movedTo(LocalDate today) {
    return new Account(today, dayBytes, YearMonth.from(today), monthBytes);
  }

  /** Whether who reads this one counts no less than who knows the other. */
  boolean covers(Account other) {
    boolean ofDay = day.equals(other.day) ? dayBytes >= other.dayBytes : other.dayBytes == 0;
    boolean ofMonth =
        month.equals(other.month) ? monthBytes >= other.monthBytes : other.monthBytes == 0;
    return ofDay && ofMonth;
  }
}
