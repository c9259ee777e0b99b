package org.vidtomo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk of a few megabytes in memory (tmpfs), to be filled. It goes when it is closed. */
public final class SmallDisk implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;
  private static final int PIECE_BYTES = 64 << 10;

  private final Path directory;
  private final Path ballast;
  private boolean mounted;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /**
   * Mounts one.
   *
   * @param megabytes its size
   * @throws IllegalStateException with an instruction, where this user may not mount
   */
  public static SmallDisk of(int megabytes) {
    SmallDisk disk = new SmallDisk(TempDirectories.create("disk"));
    AtExit.run(disk::close);
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=" + megabytes + "m",
        "tmpfs",
        disk.directory.toString());
    disk.mounted = true;
    return disk;
  }

  /** Where it is mounted. */
  public Path directory() {
    return directory;
  }

  /** Leaves no room. */
  public void fill() {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] piece = new byte[PIECE_BYTES];
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      // Full, as it shall be.
    }
  }

  /** Makes room again. */
  public void free() {
    try {
      Files.deleteIfExists(ballast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (mounted) {
      mounted = false;
      run("umount", "-l", directory.toString());
    }
  }

  private static void run(String... command) {
    String words = String.join(" ", command);
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "\"%s\" failed: %s. This test fills a small disk of its own: run it as root on Linux."
                .formatted(
                    words, new String(process.getInputStream().readAllBytes(), UTF_8).strip()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(words, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(words + " was interrupted", e);
    }
  }
}
