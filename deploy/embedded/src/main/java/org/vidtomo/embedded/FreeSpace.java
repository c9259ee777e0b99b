package org.vidtomo.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches the room on a directory's disk. Cassandra ends when it cannot write its commit log; what
 * writes to it stops before. Thread-safe.
 */
public final class FreeSpace {
  /** Below it nothing more is written: what is under way still needs some. */
  public static final long FLOOR_BYTES = 256L << 20;

  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path directory;
  private final long floorBytes;
  private final LongSupplier ticker;
  private volatile Look last;

  private record Look(long at, Optional<String> lacking) {}

  /**
   * Watches from now on.
   *
   * @param ticker nanoseconds of a monotonic clock
   */
  public FreeSpace(Path directory, long floorBytes, LongSupplier ticker) {
    this.directory = requireNonNull(directory, "directory");
    this.floorBytes = floorBytes;
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /** What is wrong and what to do; empty while there is room. Looks once a second at the most. */
  public Optional<String> lacking() {
    long now = ticker.getAsLong();
    Look look = last;
    if (look == null || now - look.at() >= LOOK_EVERY_NANOS) {
      look = new Look(now, look());
      last = look;
    }
    return look.lacking();
  }

  private Optional<String> look() {
    try {
      long usable = Files.getFileStore(directory).getUsableSpace();
      return usable >= floorBytes
          ? Optional.empty()
          : Optional.of(
              "the disk of %s has %d MB left, below %d MB nothing more is stored; free some space, all goes on by itself then"
                  .formatted(directory, usable >> 20, floorBytes >> 20));
    } catch (IOException e) {
      return Optional.of(
          "the data directory %s cannot be looked at (%s); is its disk still there?"
              .formatted(directory, e));
    }
  }
}
