package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * When a day of the budget ends. The machine's clock may be wrong or set, the coordinator may lie:
 * it ends when both have come to the next. An account never goes back to a day that one of the two
 * has behind it, so that neither can have a day handed out twice by going back and forth. While the
 * two do not agree that the account's day is today's, or before the coordinator has said its time,
 * a day takes 24 hours of the process's own. Not thread-safe.
 */
final class BudgetDays {
  static final Duration A_DAY = Duration.ofHours(24);

  private final Clock clock;
  private final LongSupplier ticker;
  private Optional<Heard> heard = Optional.empty();
  private long turnedAt;
  private long heldUntil;

  private record Heard(Instant time, long nanos) {}

  /**
   * Days of the clock's zone.
   *
   * @param ticker nanoseconds that nobody sets
   */
  BudgetDays(Clock clock, LongSupplier ticker) {
    this.clock = requireNonNull(clock, "clock");
    this.ticker = requireNonNull(ticker, "ticker");
    this.turnedAt = ticker.getAsLong();
    this.heldUntil = turnedAt;
  }

  /** The coordinator says what time it is now. */
  void heard(Instant now) {
    heard = Optional.of(new Heard(now, ticker.getAsLong()));
  }

  /** The account as of today. */
  Account turned(Account account) {
    LocalDate machine = machine().toLocalDate();
    Optional<LocalDate> theirs = theirs().map(ZonedDateTime::toLocalDate);
    Account known = theirs.map(day -> corrected(account, later(machine, day))).orElse(account);
    Optional<LocalDate> today =
        theirs.map(day -> earlier(machine, day)).filter(day -> !day.isBefore(known.day()));
    long now = ticker.getAsLong();
    if (today.isPresent()) {
      return now - heldUntil >= 0 ? turnedTo(today.get(), known) : known;
    }
    return now - turnedAt >= A_DAY.toNanos() ? turnedTo(known.day().plusDays(1), known) : known;
  }

  private Account turnedTo(LocalDate day, Account account) {
    if (day.isAfter(account.day())) {
      turnedAt = ticker.getAsLong();
    }
    return account.on(day);
  }

  /**
   * An account of a day that for both is yet to come was begun by a clock that was wrong. It keeps
   * its bytes for a day: both clocks may be the wrong ones now.
   */
  private Account corrected(Account account, LocalDate latest) {
    if (!account.day().isAfter(latest.plusDays(1))) {
      return account;
    }
    turnedAt = ticker.getAsLong();
    heldUntil = turnedAt + A_DAY.toNanos();
    return account.movedTo(latest);
  }

  /** How long an account's day still lasts by the clock that is behind; no more than a day. */
  Duration restOfDay() {
    return longest(now -> now.toLocalDate().plusDays(1));
  }

  /** How long the month still lasts. */
  Duration restOfMonth() {
    return longest(now -> YearMonth.from(now).plusMonths(1).atDay(1));
  }

  private Duration longest(Function<ZonedDateTime, LocalDate> end) {
    return Stream.concat(Stream.of(machine()), theirs().stream())
        .map(now -> Duration.between(now, end.apply(now).atStartOfDay(now.getZone())))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private ZonedDateTime machine() {
    return clock.instant().atZone(clock.getZone());
  }

  private Optional<ZonedDateTime> theirs() {
    return heard.map(
        h -> h.time().plusNanos(ticker.getAsLong() - h.nanos()).atZone(clock.getZone()));
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
