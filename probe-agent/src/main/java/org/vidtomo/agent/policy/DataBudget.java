package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * Bytes spent today and this month, in a file. So that a crash never makes the account smaller than
 * it is, the file runs ahead of it by up to {@value #AHEAD_BYTES} bytes; after a crash it is that
 * much too large at most. Days and months are those of the clock's zone. Thread-safe.
 */
public final class DataBudget implements ByteBudget, AutoCloseable {
  static final long AHEAD_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DataBudget.class);

  private final Path file;
  private final long bytesPerDay;
  private final long bytesPerMonth;
  private final Clock clock;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-budget");
            thread.setDaemon(true);
            return thread;
          });

  private Account account;
  private Account promised;
  private boolean closed;

  /** What is in the file. */
  private record Account(LocalDate day, long dayBytes, YearMonth month, long monthBytes) {
    Account {
      if (dayBytes < 0 || monthBytes < 0) {
        throw new IllegalArgumentException("bytes must be >= 0");
      }
      requireNonNull(day, "day");
      requireNonNull(month, "month");
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
  }

  /**
   * What was spent, of what may be.
   *
   * @param todayBytes up to {@value #AHEAD_BYTES} too many while a measurement runs
   */
  public record Spending(
      long todayBytes, long bytesPerDay, long thisMonthBytes, long bytesPerMonth) {}

  private DataBudget(
      Path file, long bytesPerDay, long bytesPerMonth, Clock clock, Account account) {
    this.file = file;
    this.bytesPerDay = bytesPerDay;
    this.bytesPerMonth = bytesPerMonth;
    this.clock = clock;
    this.account = account;
    this.promised = account;
  }

  /**
   * The account in a file; an empty one if there is none.
   *
   * @throws IOException when it cannot be read
   */
  public static DataBudget open(Path file, AgentPolicy policy, Clock clock) throws IOException {
    return new DataBudget(
        file, policy.bytesPerDay(), policy.bytesPerMonth(), clock, read(file, today(clock)));
  }

  /**
   * What the account in a file says, whether or not an agent works with it.
   *
   * @throws IOException when it cannot be read
   */
  public static Spending spending(Path file, AgentPolicy policy, Clock clock) throws IOException {
    Account now = read(file, today(clock)).on(today(clock));
    return new Spending(now.dayBytes, policy.bytesPerDay(), now.monthBytes, policy.bytesPerMonth());
  }

  private static Account read(Path file, LocalDate today) throws IOException {
    if (!Files.exists(file)) {
      return new Account(today, 0, YearMonth.from(today), 0);
    }
    try {
      return Wire.read(PrivateFiles.read(file), Account.class);
    } catch (WireException e) {
      throw new IOException(
          "reading the bytes spent in %s: %s; remove the file to begin a new account"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized long leftBytes() {
    account = account.on(today());
    return Math.max(
        0, Math.min(bytesPerDay - account.dayBytes, bytesPerMonth - account.monthBytes));
  }

  @Override
  public synchronized void spend(long bytes) {
    account = account.on(today()).plus(bytes);
    boolean newDay = !promised.day.equals(account.day);
    // Written on a thread of its own, since this one is timing packets; early, so as to be there.
    if (newDay || account.dayBytes > promised.dayBytes - AHEAD_BYTES / 2) {
      promised = account.plus(AHEAD_BYTES);
      Account ahead = promised;
      if (!closed) {
        writer.execute(() -> write(ahead));
      }
    }
  }

  /** Bytes spent today. */
  public synchronized long spentToday() {
    account = account.on(today());
    return account.dayBytes;
  }

  /** Brings the file down to what was really spent, as after a measurement. */
  public synchronized void settle() {
    if (!closed && !promised.equals(account)) {
      promised = account;
      Account now = account;
      writer.execute(() -> write(now));
    }
  }

  /** Settles and waits for the file. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      settle();
      closed = true;
    }
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the bytes spent could not be written in time file={}", file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Account written) {
    try {
      PrivateFiles.write(file, Wire.toJson(written) + "\n");
    } catch (IOException e) {
      LOG.warn("the bytes spent cannot be written, they count until this process ends", e);
    }
  }

  private LocalDate today() {
    return today(clock);
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), clock.getZone());
  }
}
