package org.vidtomo.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Files (mode 0600) and directories (0700) that only their owner may read, where the file system
 * knows of owners. Files are written whole or not at all, also when the process is killed.
 */
public final class PrivateFiles {
  /** What a process that was killed while writing may leave behind; to be deleted. */
  public static final String UNFINISHED_SUFFIX = ".unfinished";

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFiles() {}

  /** Creates the directory, and those above it, unless it is there. */
  public static void createDirectory(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    if (absolute.getParent() != null) {
      Files.createDirectories(absolute.getParent());
    }
    try {
      Files.createDirectory(absolute, mode(absolute, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute)) {
        throw e;
      }
    }
  }

  /** Writes a file in place of the one that may be there; it is on the disk once this returns. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #write(Path, String)}. */
  public static void write(Path file, byte[] content) throws IOException {
    Path written = writeBeside(file, content);
    try {
      moveOver(written, file);
    } finally {
      Files.deleteIfExists(written);
    }
    syncDirectory(file);
  }

  /**
   * Writes a file unless there is one.
   *
   * @return whether it was written
   */
  public static boolean writeNew(Path file, String content) throws IOException {
    Path written = writeBeside(file, content.getBytes(StandardCharsets.UTF_8));
    try {
      // A link is made whole, and only where nothing is.
      Files.createLink(file, written);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A file system without links.
      if (Files.exists(file)) {
        return false;
      }
      moveOver(written, file);
    } finally {
      Files.deleteIfExists(written);
    }
    syncDirectory(file);
    return true;
  }

  /**
   * Reads a file that nobody else may read.
   *
   * @throws IOException when it cannot be read, or others may read it; the message says what to do
   */
  public static String read(Path file) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
      if (!OWNERS.containsAll(found)) {
        throw new IOException(
            "%s holds a secret, but others may read it (%s): run chmod 600 %s, and replace the secret if others use this machine"
                .formatted(file, PosixFilePermissions.toString(found), file));
      }
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static Path writeBeside(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    createDirectory(absolute.getParent());
    Path partial =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "-" + UUID.randomUUID() + UNFINISHED_SUFFIX);
    Files.createFile(partial, mode(partial, "rw-------"));
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
    return partial;
  }

  private static void moveOver(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void syncDirectory(Path file) throws IOException {
    if (!isPosix(file)) {
      return; // Windows opens no directories.
    }
    try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
