package org.vidtomo.agent.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The end of an agent: its data are deleted at the coordinator, then here. Until the coordinator
 * has heard of it, what is needed to tell it stays here.
 */
public final class Leaving {
  /** The coordinator answers within 8 s, whether it is done or goes on by itself. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final AgentDirectory directory;
  private final Clock clock;

  /**
   * What the coordinator said.
   *
   * @param reports deleted there so far
   * @param complete whether those are all; if not, it goes on by itself
   */
  public record Told(String agentId, long reports, boolean complete) {
    public Told {
      requireNonNull(agentId, "agentId");
    }
  }

  /** Of the agent in a directory. */
  public Leaving(AgentDirectory directory, Clock clock) {
    this.directory = requireNonNull(directory, "directory");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Has the coordinator revoke the agent and delete what it brought.
   *
   * @param certificates PEM file of the authorities to trust; empty: the system's
   * @throws org.vidtomo.runtime.http.JsonHttpException when it is not reached, or refuses
   */
  public Told atCoordinator(AgentIdentity identity, Optional<Path> certificates)
      throws IOException, InterruptedException {
    return identity
        .asking(AgentAsking.Purpose.ERASE, TIMEOUT, certificates, clock)
        .delete("/api/v1/agents/me", Told.class);
  }

  /** Deletes all but what is needed to tell the coordinator another time. */
  public void untilTold() throws IOException {
    PrivateFiles.write(directory.leaving(), "vidtomo agent erase was asked for\n");
    delete(measured());
  }

  /** Deletes all that is the agent's; what its owner wrote, the policy, stays. */
  public void here() throws IOException {
    delete(measured());
    // The key last: without it nothing could be asked any more.
    delete(
        List.of(
            directory.authority(),
            directory.consent(),
            directory.identity(),
            directory.leaving(),
            directory.keyGeneration(),
            directory.key(),
            directory.lockFile()));
    try {
      Files.deleteIfExists(directory.path());
    } catch (DirectoryNotEmptyException e) {
      // There is something of its owner's.
    }
  }

  private List<Path> measured() {
    return List.of(
        directory.spool(),
        directory.finishedTasks(),
        directory.status(),
        directory.spent(),
        directory.line(),
        directory.paused());
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Path unfinished = file.resolveSibling(file.getFileName() + PrivateFiles.UNFINISHED_SUFFIX);
      for (Path each : List.of(file, unfinished)) {
        deleteTree(each);
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
