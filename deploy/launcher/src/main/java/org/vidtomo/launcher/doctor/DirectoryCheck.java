package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a data directory has room, can be written, and keeps its secrets. */
final class DirectoryCheck implements Check {
  private static final long LITTLE_BYTES = 1L << 30;
  private static final long NONE_BYTES = 100L << 20;

  /** Cassandra's and the broker's files lie deeper, and hold no secrets of ours. */
  private static final int DEPTH = 3;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path directory;
  private final Space space;

  /** How much room there is. */
  interface Space {
    long usableBytes(Path directory) throws IOException;
  }

  DirectoryCheck(Path directory, Space space) {
    this.directory = requireNonNull(directory, "directory");
    this.space = requireNonNull(space, "space");
  }

  static DirectoryCheck of(Path directory) {
    return new DirectoryCheck(directory, path -> Files.getFileStore(path).getUsableSpace());
  }

  @Override
  public Finding look() throws IOException {
    Path existing = existing();
    long free = space.usableBytes(existing);
    String saw =
        "%s%s, %.1f GB free"
            .formatted(
                directory, existing.equals(directory) ? "" : " is yet to be made", free / 1e9);
    if (!isWritable(existing)) {
      return Finding.failed(
          "cannot write in " + existing, "give this user the right, or name another with --data");
    }
    List<Path> open = openToOthers();
    if (!open.isEmpty()) {
      return Finding.failed(
          "others may read the secret in " + open.get(0),
          "chmod 600 %s, and replace the secret if others use this machine"
              .formatted(joined(open)));
    }
    if (free < LITTLE_BYTES) {
      String toDo = "make room, or name a directory on another disk with --data";
      return free < NONE_BYTES ? Finding.failed(saw, toDo) : Finding.warning(saw, toDo);
    }
    return Finding.ok(saw);
  }

  private static String joined(List<Path> files) {
    return String.join(" ", files.stream().map(Path::toString).toList());
  }

  private Path existing() throws IOException {
    Path path = directory;
    while (path != null && !Files.exists(path)) {
      path = path.getParent();
    }
    if (path == null) {
      throw new IOException("there is no " + directory);
    }
    return path;
  }

  /** Tried, since rights, read-only mounts and full disks are all the same to who must write. */
  private static boolean isWritable(Path existing) {
    try {
      Files.delete(Files.createTempFile(existing, ".vidtomo-doctor", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> openToOthers() throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files =
        Files.find(directory, DEPTH, (p, a) -> a.isRegularFile() && secret(p))) {
      return files.filter(DirectoryCheck::isOpen).sorted().toList();
    }
  }

  private static boolean secret(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".key") || name.endsWith(".token") || name.equals("agent.json");
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException e) {
      return false; // Gone since.
    }
  }
}
