package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a day of the budget ends. The machine's clock may be wrong or set, the coordinator may lie:
 * it is the earlier day of the two. Until the coordinator has said its time a day ends after twenty
 * hours of the process's own at the soonest. Not thread-safe.
 */
final class BudgetDays {
  static final Duration SHORTEST_DAY = Duration.ofHours(20);

  private final Clock clock;
  private final LongSupplier ticker;
  private Optional<Heard> heard = Optional.empty();
  private long turnedAt;

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
  }

  /** The coordinator says what time it is now. */
  void heard(Instant now) {
    heard = Optional.of(new Heard(now, ticker.getAsLong()));
  }

  /** The account as of today. */
  Account turned(Account account) {
    Optional<LocalDate> theirs = theirs().map(ZonedDateTime::toLocalDate);
    if (theirs.isPresent()) {
      Account known =
          account.day().isAfter(theirs.get().plusDays(1)) ? account.movedTo(theirs.get()) : account;
      return known.on(earlier(machine().toLocalDate(), theirs.get()));
    }
    boolean longEnough = ticker.getAsLong() - turnedAt >= SHORTEST_DAY.toNanos();
    if (longEnough && machine().toLocalDate().isAfter(account.day())) {
      turnedAt = ticker.getAsLong();
      return account.on(account.day().plusDays(1));
    }
    return account;
  }

  /** How long an account's day still lasts; no more than a day. */
  Duration restOfDay() {
    ZonedDateTime now = theirs().orElseGet(this::machine);
    return Duration.between(now, now.toLocalDate().plusDays(1).atStartOfDay(now.getZone()));
  }

  /** How long the month still lasts. */
  Duration restOfMonth() {
    ZonedDateTime now = theirs().orElseGet(this::machine);
    LocalDate next = YearMonth.from(now).plusMonths(1).atDay(1);
    return Duration.between(now, next.atStartOfDay(now.getZone()));
  }

  private ZonedDateTime machine() {
    return clock.instant().atZone(clock.getZone());
  }

  private Optional<ZonedDateTime> theirs() {
    return heard.map(
        h -> h.time().plusNanos(ticker.getAsLong() - h.nanos()).atZone(clock.getZone()));
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
