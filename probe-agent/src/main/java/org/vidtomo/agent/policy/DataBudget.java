package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.WireBytes;

/**
 * Bytes that went over the line today and this month, both ways and with all headers, in a file. So
 * that a crash never makes the account smaller than it is, the file runs ahead of it, by up to
 * {@value #AHEAD_BYTES} bytes while a measurement runs; what is not in the file is not spent.
 * Thread-safe.
 *
 * <p>Held back is what comes when a download is already ended, and what the agent's signs of life
 * take until the day's or the month's end: of a small budget a quarter at most.
 */
public final class DataBudget implements ByteBudget, AutoCloseable {
  /** At 1 Gbit/s a disk has a fifth of a second to write before something waits for it. */
  static final long AHEAD_BYTES = 32L << 20;

  /** For the connections to the broker, when nothing is measured. */
  static final long IDLE_AHEAD_BYTES = 1L << 20;

  /** Heartbeats and the connections to the broker, as the messaging counts them. */
  static final long SIGNS_OF_LIFE_PER_HOUR = 1_500_000;

  private static final int GREATEST_SHARE = 4;

  private final AccountFile file;
  private final AgentPolicy policy;
  private final BudgetDays days;
  private final List<Meter> meters = new ArrayList<>();
  private Account account;
  private long ahead = IDLE_AHEAD_BYTES;

  /** Something that counts by itself. */
  private static final class Meter {
    private final LongSupplier total;
    private long counted;

    Meter(LongSupplier total) {
      this.total = total;
    }

    long more() {
      long before = counted;
      counted = Math.max(before, total.getAsLong());
      return counted - before;
    }
  }

  /**
   * What was spent, of what may be.
   *
   * @param todayBytes up to {@value #AHEAD_BYTES} too many while a measurement runs
   * @param leftBytes for measurements now
   */
  public record Spending(
      long todayBytes, long bytesPerDay, long thisMonthBytes, long bytesPerMonth, long leftBytes) {}

  private DataBudget(AccountFile file, Account account, AgentPolicy policy, BudgetDays days) {
    this.file = requireNonNull(file, "file");
    this.account = requireNonNull(account, "account");
    this.policy = requireNonNull(policy, "policy");
    this.days = requireNonNull(days, "days");
  }

  /**
   * The account in a file; an empty one if there is none.
   *
   * @param ticker nanoseconds that nobody sets
   * @throws IOException when it cannot be read
   */
  public static DataBudget open(Path file, AgentPolicy policy, Clock clock, LongSupplier ticker)
      throws IOException {
    Account account = AccountFile.read(file, today(clock));
    AccountFile kept = new AccountFile(file, account);
    Account ahead = account.plus(IDLE_AHEAD_BYTES);
    kept.write(ahead);
    kept.await(ahead);
    return new DataBudget(kept, account, policy, new BudgetDays(clock, ticker));
  }

  /**
   * What the account in a file says, whether or not an agent works with it.
   *
   * @throws IOException when it cannot be read
   */
  public static Spending spending(Path file, AgentPolicy policy, Clock clock) throws IOException {
    Account now = AccountFile.read(file, today(clock)).on(today(clock));
    return new Spending(
        now.dayBytes(),
        policy.bytesPerDay(),
        now.monthBytes(),
        policy.bytesPerMonth(),
        left(now, policy, new BudgetDays(clock, () -> 0)));
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), clock.getZone());
  }

  /** Takes the time from the coordinator: days end by the earlier of the two clocks. */
  public synchronized void heard(Instant coordinatorsNow) {
    days.heard(coordinatorsNow);
  }

  /** From now on spends what a meter counts, too. */
  public synchronized void meter(LongSupplier totalBytes) {
    meters.add(new Meter(totalBytes));
  }

  @Override
  public synchronized long leftBytes() {
    spend(meters.stream().mapToLong(Meter::more).sum());
    if (!file.covers(account)) {
      return 0;
    }
    return left(account, policy, days);
  }

  private static long left(Account account, AgentPolicy policy, BudgetDays days) {
    long ofDay = left(policy.bytesPerDay(), account.dayBytes(), days.restOfDay());
    long ofMonth = left(policy.bytesPerMonth(), account.monthBytes(), days.restOfMonth());
    return Math.max(0, Math.min(ofDay, ofMonth));
  }

  private static long left(long limit, long spent, Duration rest) {
    return limit - spent - heldBack(limit, rest);
  }

  static long heldBack(long limit, Duration rest) {
    long signs = Math.round(SIGNS_OF_LIFE_PER_HOUR * (rest.toSeconds() / 3600.0));
    return Math.min(limit / GREATEST_SHARE, WireBytes.WINDOW + signs);
  }

  @Override
  public void begin() {
    Account promised;
    synchronized (this) {
      ahead = AHEAD_BYTES;
      account = days.turned(account);
      promised = account.plus(ahead);
      file.write(promised);
    }
    file.await(promised);
  }

  @Override
  public synchronized void spend(long bytes) {
    account = days.turned(account).plus(bytes);
    // Early, so as to be there in time.
    if (bytes > 0 && !file.wanted().covers(account.plus(ahead / 2))) {
      file.write(account.plus(ahead));
    }
  }

  /** Bytes spent today. */
  public synchronized long spentToday() {
    account = days.turned(account);
    return account.dayBytes();
  }

  /**
   * Brings the file down to little more than was really spent ({@value #IDLE_AHEAD_BYTES} bytes),
   * as after a measurement.
   */
  public synchronized void settle() {
    ahead = IDLE_AHEAD_BYTES;
    file.write(account.plus(ahead));
  }

  /** Brings the file down to what was spent, and waits for it. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      file.write(account);
    }
    file.close();
  }
}
