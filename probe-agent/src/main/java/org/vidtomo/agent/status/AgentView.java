package org.vidtomo.agent.status;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.core.wire.WireName;

/**
 * An agent as its owner sees it, from the files in its directory: whether it runs or not.
 *
 * @param running whether a process has the directory
 * @param paused whether its owner wants it to pause
 * @param status what it last said; empty if it has not run yet
 */
public record AgentView(
    String agentId,
    State state,
    boolean running,
    boolean paused,
    DataBudget.Spending spending,
    Optional<AgentStatus> status) {

  /** What an agent does, in a word. */
  public enum State implements WireName {
    STOPPED,
    DISCONNECTED,
    PAUSED,
    QUIET,
    MEASURING,
    WAITING
  }

  public AgentView {
    requireNonNull(agentId, "agentId");
    requireNonNull(state, "state");
    requireNonNull(spending, "spending");
    requireNonNull(status, "status");
  }

  /**
   * The agent in a directory.
   *
   * @param clock its zone is that of the days and months of the budget
   * @throws IOException when there is none, or a file cannot be read
   */
  public static AgentView of(AgentDirectory directory, Clock clock) throws IOException {
    String agentId = AgentIdentity.load(directory).agentId();
    boolean running = directory.isTaken();
    boolean paused = Files.exists(directory.paused());
    Optional<AgentStatus> status =
        AgentStatus.read(directory.status()).filter(s -> s.agentId().equals(agentId));
    DataBudget.Spending spending =
        DataBudget.spending(directory.spent(), PolicyFile.load(directory.policy()), clock);
    return new AgentView(agentId, state(running, status), running, paused, spending, status);
  }

  /** The same with so many measurements, the last ones. */
  public AgentView withLast(int measurements) {
    return new AgentView(
        agentId, state, running, paused, spending, status.map(s -> s.withLast(measurements)));
  }

  private static State state(boolean running, Optional<AgentStatus> status) {
    if (!running || status.isEmpty()) {
      return running ? State.DISCONNECTED : State.STOPPED;
    }
    AgentStatus.Now now = status.get().now();
    if (now.measuring().isPresent()) {
      return State.MEASURING;
    }
    if (now.paused()) {
      return State.PAUSED;
    }
    if (now.quietUntil().isPresent()) {
      return State.QUIET;
    }
    return now.connected() ? State.WAITING : State.DISCONNECTED;
  }
}
