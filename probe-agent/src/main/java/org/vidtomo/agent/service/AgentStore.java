package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.spool.FinishedTasks;
import org.vidtomo.agent.spool.Spool;

/** What an agent keeps on disk, held for one process. */
record AgentStore(
    AgentDirectory.Lock lock,
    DataBudget budget,
    Spool spool,
    FinishedTasks finished,
    LineMemory line) {
  AgentStore {
    requireNonNull(lock, "lock");
    requireNonNull(budget, "budget");
    requireNonNull(spool, "spool");
    requireNonNull(finished, "finished");
    requireNonNull(line, "line");
  }

  static AgentStore open(AgentSettings settings, AgentPolicy policy, Clock clock)
      throws IOException {
    AgentDirectory directory = settings.directory();
    AgentDirectory.Lock lock = directory.lock();
    try {
      return new AgentStore(
          lock,
          DataBudget.open(directory.spent(), policy, clock, System::nanoTime),
          Spool.open(directory.spool(), settings.spool(), clock),
          FinishedTasks.open(directory.finishedTasks(), settings.spool().age(), clock),
          LineMemory.open(directory.line()));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  void close() throws IOException {
    finished.close();
    budget.close();
    lock.close();
  }
}
