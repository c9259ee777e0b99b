package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * An account's file, written on a thread of its own since those that spend are timing packets.
 * Thread-safe.
 */
final class AccountFile {
  private static final Logger LOG = LoggerFactory.getLogger(AccountFile.class);
  private static final long PAUSE_MILLIS = 100;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path file;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-budget");
            thread.setDaemon(true);
            return thread;
          });
  private Account wanted;
  private Account written;
  private boolean writing;
  private volatile boolean failing;
  private boolean closed;

  /**
   * A file that holds an account.
   *
   * @param account as it was read
   */
  AccountFile(Path file, Account account) {
    this.file = requireNonNull(file, "file");
    this.wanted = requireNonNull(account, "account");
    this.written = account;
  }

  /**
   * What a file says; an empty account if there is none.
   *
   * @throws IOException when it cannot be read
   */
  static Account read(Path file, LocalDate today) throws IOException {
    if (!Files.exists(file)) {
      return Account.empty(today);
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

  /** What is on the disk, or will be. */
  synchronized Account wanted() {
    return wanted;
  }

  /** Has an account written; of several that come at once, the last. */
  synchronized void write(Account account) {
    wanted = account;
    start();
  }

  /** Whether a crash now would not make an account smaller; if it would, writes again. */
  synchronized boolean covers(Account account) {
    if (!written.covers(account)) {
      start();
      return false;
    }
    return true;
  }

  /** Waits until the file covers an account, some seconds at most. */
  synchronized void await(Account account) {
    await(() -> written.covers(account));
  }

  private void await(BooleanSupplier done) {
    long end = System.nanoTime() + LIMIT_NANOS;
    try {
      while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
        if (failing) {
          TimeUnit.MILLISECONDS.timedWait(this, PAUSE_MILLIS);
        }
        start();
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    if (!writing && !closed && !wanted.equals(written)) {
      writing = true;
      writer.execute(this::writeAll);
    }
  }

  private void writeAll() {
    while (true) {
      Account next;
      synchronized (this) {
        next = wanted;
        if (next.equals(written)) {
          writing = false;
          return;
        }
      }
      boolean done = tryWrite(next);
      synchronized (this) {
        written = done ? next : written;
        writing = done;
        notifyAll();
        if (!done) {
          return;
        }
      }
    }
  }

  private boolean tryWrite(Account account) {
    try {
      PrivateFiles.write(file, Wire.toJson(account) + "\n");
      failing = false;
      return true;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("the bytes spent cannot be written, nothing is measured until they are", e);
      }
      failing = true;
      return false;
    }
  }

  /** Waits for what is to be written. Idempotent. */
  synchronized void close() {
    if (!closed) {
      await(() -> written.equals(wanted));
      closed = true;
      if (!written.equals(wanted)) {
        LOG.warn("the bytes spent could not be written in time file={}", file);
      }
    }
    writer.shutdown();
  }
}
