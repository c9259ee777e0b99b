package org.vidtomo.coordinator.assign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CampaignStatus;

/**
 * Ends the tasks that nobody shall measure any more: expired, or cancelled with their campaign.
 * Confined to the dispatching thread.
 */
final class Ender {
  private static final int AT_ONCE = 500;

  private final Desk desk;
  private final TaskMoves moves;
  private final Map<UUID, Ending> pending = new LinkedHashMap<>();

  private record Ending(CampaignDesk campaign, Waiting waiting, TaskState to) {}

  Ender(Desk desk, TaskMoves moves) {
    this.desk = desk;
    this.moves = moves;
  }

  /**
   * Ends what is due.
   *
   * @return how many were tried
   * @throws RuntimeException the first failure of the store, once all were tried
   */
  int work(Instant now) {
    for (CampaignDesk campaign : desk.campaigns()) {
      TaskState to =
          campaign.status() == CampaignStatus.CANCELLED ? TaskState.CANCELLED : TaskState.EXPIRED;
      for (Waiting waiting : campaign.takeOver(now, AT_ONCE - Math.min(AT_ONCE, pending.size()))) {
        pending.put(waiting.task().taskId(), new Ending(campaign, waiting, to));
      }
    }
    return end(List.copyOf(pending.values()));
  }

  /** It was done meanwhile; the state that its row was thought to have. */
  Optional<TaskState> forget(UUID taskId) {
    return Optional.ofNullable(pending.remove(taskId)).map(ending -> ending.waiting().state());
  }

  private int end(List<Ending> endings) {
    Map<Ending, CompletableFuture<TaskState>> writes = new LinkedHashMap<>();
    for (Ending ending : endings) {
      Waiting waiting = ending.waiting();
      writes.put(ending, moves.move(waiting.task(), waiting.state(), ending.to()));
    }
    List<RuntimeException> failures = new ArrayList<>();
    writes.forEach(
        (ending, write) -> {
          try {
            moved(ending, write.join());
          } catch (CompletionException e) {
            failures.add(e.getCause() instanceof RuntimeException cause ? cause : e);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return endings.size();
  }

  private void moved(Ending ending, TaskState now) {
    Waiting waiting = ending.waiting();
    pending.remove(waiting.task().taskId());
    if (now == TaskState.DONE) {
      return;
    }
    ending.campaign().tally().moved(waiting.task().target(), waiting.state(), now);
    if (now != ending.to() && !now.ended()) {
      ending
          .campaign()
          .lane(waiting.task().target())
          .giveBack(new Waiting(waiting.task(), waiting.attempts(), now));
    }
  }
}
