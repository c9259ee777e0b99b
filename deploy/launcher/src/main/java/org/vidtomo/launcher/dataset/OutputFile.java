package org.vidtomo.launcher.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is there whole, under its name, or not at all. */
public final class OutputFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final OutputStream out;

  /** Opens {@code FILE.part} beside it. */
  public OutputFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a directory: name a file".formatted(file));
    }
    this.file = file.toAbsolutePath();
    part = this.file.resolveSibling(this.file.getFileName() + ".part");
    channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
  }

  /** Where its bytes go. */
  public OutputStream out() {
    return out;
  }

  /** Gives it its name, once all of it is on disk. */
  public void commit() throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What was not committed goes. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
