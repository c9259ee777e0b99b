package org.vidtomo.coordinator.campaign;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.TaskRow;

/**
 * A campaign of this coordinator: its row, and the counts of its tasks. Thread-safe; changes of the
 * row are made by {@link Campaigns} only.
 */
public final class Campaign {
  private final Tally tally;
  private volatile CampaignRow row;
  private volatile TaskState unplannedAre = TaskState.PLANNED;

  Campaign(CampaignRow row) {
    this.row = row;
    this.tally = new Tally(row.options().coverage() == Coverage.PROVIDER);
  }

  public CampaignRow row() {
    return row;
  }

  /** The counts, to be told of each transition. */
  public Tally tally() {
    return tally;
  }

  void row(CampaignRow changed) {
    row = changed;
  }

  /**
   * Counts a row found in the store.
   *
   * @return false for one beyond the plan's noted progress: it will be planned again
   */
  boolean count(TaskRow task, Function<String, Optional<String>> providerOfAgent) {
    if (row.isRound(task.key().cycle(), task.round())
        && task.position() >= row.plannedPositions()) {
      return false;
    }
    tally.add(task.target(), task.state(), 1);
    if (task.state() == TaskState.DONE && task.outcome().isPresent()) {
      tally.ended(task.target(), task.outcome().get(), task.agentId().flatMap(providerOfAgent));
    }
    return true;
  }

  /** Counts the tasks of the round that are not stored yet, after all that are. */
  void countUnplanned() {
    unplannedAre =
        row.status() == CampaignStatus.CANCELLED ? TaskState.CANCELLED : TaskState.PLANNED;
    unplanned((target, count) -> tally.add(target, unplannedAre, count));
  }

  /** The tasks of a cancelled campaign that are not stored yet never will be. */
  void cancelUnplanned() {
    if (unplannedAre == TaskState.PLANNED) {
      unplannedAre = TaskState.CANCELLED;
      unplanned((target, count) -> tally.moved(target, TaskState.PLANNED, unplannedAre, count));
    }
  }

  private void unplanned(ObjLongConsumer<String> each) {
    row.plan()
        .ifPresent(
            plan -> {
              long count = (plan.videos().count() - row.videosPlanned()) * plan.samples();
              plan.targets().forEach(target -> each.accept(target, count));
            });
  }

  /** As the API shows it. */
  public CampaignView view() {
    CampaignRow now = row;
    return new CampaignView(
        now.id(),
        now.options().name(),
        state(now),
        now.createdAt(),
        now.videos(),
        now.duplicates(),
        now.cycle(),
        now.round(),
        now.crawled(),
        tally.counts(),
        now.options());
  }

  private static String state(CampaignRow row) {
    if (row.status() != CampaignStatus.RUNNING) {
      return row.status().wireName();
    }
    if (row.plan().isEmpty()) {
      return "waiting";
    }
    return row.whollyPlanned() ? row.status().wireName() : "planning";
  }
}
