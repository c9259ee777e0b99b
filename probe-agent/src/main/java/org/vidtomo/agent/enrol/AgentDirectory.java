package org.vidtomo.agent.enrol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * Where an agent keeps what is its own.
 *
 * @param path of the directory
 */
public record AgentDirectory(Path path) {
  public AgentDirectory {
    requireNonNull(path, "path");
  }

  /** The agent's key pair. */
  public Path key() {
    return path.resolve("agent.key");
  }

  /** What it was given at enrolment. */
  public Path identity() {
    return path.resolve("agent.json");
  }

  /** What its owner agreed to. */
  public Path consent() {
    return path.resolve("consent.json");
  }

  /** The authority to trust for coordinator and broker, where it is not one of the system's. */
  public Path authority() {
    return path.resolve("authority.pem");
  }

  /** The latest generation of coordinators' certificates that was seen. */
  public Path keyGeneration() {
    return path.resolve("key-generation");
  }

  /** What its owner allows. */
  public Path policy() {
    return path.resolve(PolicyFile.NAME);
  }

  /** Bytes spent. */
  public Path spent() {
    return path.resolve("spent.json");
  }

  /** How the line was last seen. */
  public Path line() {
    return path.resolve("line.json");
  }

  /** Reports that wait. */
  public Path spool() {
    return path.resolve("spool");
  }

  /** Tasks that are done. */
  public Path finishedTasks() {
    return path.resolve("finished-tasks");
  }

  /** While this file is there, the agent takes no tasks. */
  public Path paused() {
    return path.resolve("paused");
  }

  /**
   * While this file is there, its owner wants the agent erased, and the coordinator not yet told.
   */
  public Path leaving() {
    return path.resolve("erase-pending");
  }

  /** What the agent last said of itself. */
  public Path status() {
    return path.resolve("status.json");
  }

  /**
   * Whether a process has the directory now.
   *
   * @throws IOException when that cannot be told
   */
  public boolean isTaken() throws IOException {
    if (!Files.exists(lockFile())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /**
   * Takes the directory for this process; the operating system gives it back however the process
   * ends.
   *
   * @throws IOException when another process has it, or it cannot be written
   */
  public Lock lock() throws IOException {
    PrivateFiles.createDirectory(path);
    FileChannel channel =
        FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
        return channel::close;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: answered as for any other.
    }
    channel.close();
    throw new IOException(
        "an agent is running in %s already: end it, or give this one another directory"
            .formatted(path));
  }

  /** The process that took the directory last; empty where locked files cannot be read. */
  public OptionalLong holder() {
    String text;
    try {
      text = Files.readString(lockFile()).strip();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  Path lockFile() {
    return path.resolve("agent.lock");
  }

  /** Holds a directory until it is closed. */
  @FunctionalInterface
  public interface Lock {
    /** Lets it go. */
    void close() throws IOException;
  }
}
