package org.vidtomo.coordinator.assign;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.vidtomo.core.task.TaskState;

/** Notes which tasks are being measured, as heartbeats say. Confined to the dispatching thread. */
final class Starts {
  private final Desk desk;
  private final TaskMoves moves;
  private final Consumer<Runnable> later;
  private final Set<UUID> underWay = new HashSet<>();

  /**
   * Notes at this desk.
   *
   * @param later runs something on the dispatching thread
   */
  Starts(Desk desk, TaskMoves moves, Consumer<Runnable> later) {
    this.desk = desk;
    this.moves = moves;
    this.later = later;
  }

  /** An agent says that it measures a task. */
  void began(String agentId, UUID taskId) {
    desk.held(taskId)
        .filter(held -> held.agentId().equals(agentId) && held.state() == TaskState.QUEUED)
        .filter(held -> underWay.add(taskId))
        .ifPresent(
            held ->
                moves
                    .move(held.task(), TaskState.QUEUED, TaskState.RUNNING)
                    .whenComplete((now, error) -> later.accept(() -> moved(held, now, error))));
  }

  /** What failed is tried again at the next heartbeat. */
  private void moved(Held held, TaskState now, Throwable error) {
    UUID taskId = held.task().taskId();
    underWay.remove(taskId);
    boolean still = desk.held(taskId).filter(held::equals).isPresent();
    if (error == null && now == TaskState.RUNNING && still) {
      desk.running(taskId);
      desk.campaign(held.task().campaignId())
          .ifPresent(
              campaign ->
                  campaign
                      .tally()
                      .moved(held.task().target(), TaskState.QUEUED, TaskState.RUNNING));
    }
  }
}
