package org.vidtomo.storage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.vidtomo.core.task.TaskState;

/** One state row a task, changed by conditional transitions only. */
public interface TaskStore {
  /**
   * Stores newly planned tasks. The same again changes nothing, whatever has happened to them
   * since.
   */
  CompletionStage<Void> insertPlanned(List<TaskRow> tasks);

  /**
   * Changes a task, if its state is one of those expected. A task that is done takes another report
   * only if that is of a lower attempt than the one that counts.
   *
   * @param expectedAttempt if present, the row's attempt must be this one too
   */
  CompletionStage<Transition> transition(
      TaskKey key, Set<TaskState> expected, OptionalInt expectedAttempt, TaskChange change);

  CompletionStage<Optional<TaskRow>> find(TaskKey key);

  /** Every task of a cycle, in no order, page by page; {@code row} is called on this thread. */
  void scan(UUID campaignId, int cycle, Consumer<TaskRow> row);
}
