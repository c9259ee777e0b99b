package org.vidtomo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory that holds all that Vidtomo keeps on this machine, locked for one process.
 *
 * <p>The lock is the operating system's: it ends with the process, however that ends, so a stale
 * lock file never stands in the way. Safe for use by several threads.
 */
public final class DataDirectory implements AutoCloseable {

  /** Below this much usable space, Cassandra and the broker's store would soon fail. */
  public static final long DEFAULT_MINIMUM_FREE_BYTES = 512L << 20;

  private static final String LOCK_FILE = "vidtomo.lock";

  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Creates the directory when it is missing, and locks it.
   *
   * @throws EmbeddedException when it is in use, cannot be written to, or its disk is nearly full
   */
  public static DataDirectory open(Path directory) {
    return open(directory, DEFAULT_MINIMUM_FREE_BYTES);
  }

  /** As {@link #open(Path)}, with another floor for the usable space. */
  public static DataDirectory open(Path directory, long minimumFreeBytes) {
    Path path = directory.toAbsolutePath().normalize();
    FileChannel channel = openLockFile(path);
    try {
      lock(path, channel);
      requireSpace(path, minimumFreeBytes);
      DataDirectory opened = new DataDirectory(path, channel);
      PrivateFiles.createDirectory(opened.broker());
      PrivateFiles.createDirectory(opened.cassandra());
      PrivateFiles.createDirectory(opened.keys());
      PrivateFiles.createDirectory(opened.log());
      return opened;
    } catch (IOException e) {
      close(channel);
      throw notWritable(path, e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static FileChannel openLockFile(Path path) {
    try {
      PrivateFiles.createDirectory(path);
      return FileChannel.open(
          path.resolve(LOCK_FILE),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      // Past the pid's bytes: on Windows a locked range can't be read by others.
      lock = channel.tryLock(1024, 1, false);
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new EmbeddedException(
          "Cannot open the data directory %s: process %s is using it. Stop that process, or give another directory with --data."
              .formatted(path, pidIn(channel)));
    }
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String pidIn(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(32);
    int read = channel.read(pid, 0);
    return read <= 0
        ? "(unknown)"
        : new String(pid.array(), 0, read, StandardCharsets.US_ASCII).strip();
  }

  private static void requireSpace(Path path, long minimumFreeBytes) throws IOException {
    long usable = Files.getFileStore(path).getUsableSpace();
    if (usable < minimumFreeBytes) {
      throw new EmbeddedException(
          "Cannot use the data directory %s: its disk has %d MB left, and at least %d MB are needed. Free some space, or give a directory on another disk with --data."
              .formatted(path, usable >> 20, minimumFreeBytes >> 20));
    }
  }

  private static EmbeddedException notWritable(Path path, IOException cause) {
    return new EmbeddedException(
        "Cannot write to the data directory %s (%s). Give a directory that you may write to with --data."
            .formatted(path, cause),
        cause);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory itself, absolute. */
  public Path path() {
    return path;
  }

  /** Where the embedded broker keeps its messages and its password. */
  public Path broker() {
    return path.resolve("broker");
  }

  /** Where the Cassandra child keeps its data and its configuration. */
  public Path cassandra() {
    return path.resolve("cassandra");
  }

  /** For private keys. */
  public Path keys() {
    return path.resolve("keys");
  }

  /** For logs. */
  public Path log() {
    return path.resolve("log");
  }

  /** Releases the lock. Close what works in the directory first. */
  @Override
  public void close() {
    close(lockChannel);
  }
}
