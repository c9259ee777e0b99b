package org.vidtomo.coordinator.lead;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * A coordinator's directory, locked for one process. The lock is the operating system's and ends
 * with the process, however that ends: so whoever has it knows that the one before is gone. Not
 * thread-safe.
 */
public final class Seat implements AutoCloseable {
  static final String ID_FILE = "coordinator.id";
  static final String LOCK_FILE = "coordinator.lock";

  private final Path directory;
  private final FileChannel channel;
  private final String place;
  private final String owner;
  private FileLock lock;

  private Seat(Path directory, FileChannel channel, String place) {
    this.directory = directory;
    this.channel = channel;
    this.place = place;
    this.owner = place + "/" + UUID.randomUUID();
  }

  /** The seat in a directory, which is created when it is missing; not taken yet. */
  public static Seat in(Path directory) throws IOException {
    PrivateFiles.createDirectory(directory);
    Path idFile = directory.resolve(ID_FILE);
    PrivateFiles.writeNew(idFile, UUID.randomUUID() + "\n");
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // With the host's name: a copy of the directory on another machine is another place.
    return new Seat(directory, channel, Files.readString(idFile).strip() + "@" + host());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Takes it unless another process has it. */
  public boolean take() throws IOException {
    try {
      lock = lock == null ? channel.tryLock() : lock;
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another coordinator of this very process has it.
      return false;
    }
  }

  /** Names this coordinator from its start to its end. */
  String owner() {
    return owner;
  }

  /** Whether an owner was the coordinator that sat here before; once this seat is taken. */
  boolean isPredecessor(String other) {
    return lock != null && other.startsWith(place + "/") && !other.equals(owner);
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
