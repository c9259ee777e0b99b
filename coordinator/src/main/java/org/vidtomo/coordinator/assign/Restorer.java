package org.vidtomo.coordinator.assign;

import java.time.Clock;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.TaskRow;

/** Puts the desk back as it was before the coordinator ended, from the state rows. */
final class Restorer {
  private final Desk desk;
  private final Fleet fleet;
  private final Courier courier;
  private final Clock clock;

  Restorer(Desk desk, Fleet fleet, Courier courier, Clock clock) {
    this.desk = desk;
    this.fleet = fleet;
    this.courier = courier;
    this.clock = clock;
  }

  void restore(CampaignDesk campaign, TaskRow row) {
    PlannedTask task = PlannedTask.of(row);
    Lane lane = campaign.lane(row.target());
    boolean ofThisRound = campaign.row().isRound(row.key().cycle(), row.round());
    boolean fedLater = row.state() == TaskState.PLANNED && row.attempt() == 0;
    if (ofThisRound && fedLater) {
      return;
    }
    if (ofThisRound) {
      lane.begun(row.position());
    }
    if (row.state() == TaskState.PLANNED) {
      lane.giveBack(new Waiting(task, row.attempt(), TaskState.PLANNED));
    } else if (!row.state().ended()) {
      hold(campaign, row, task);
    }
  }

  private void hold(CampaignDesk campaign, TaskRow row, PlannedTask task) {
    Held held =
        new Held(
            task,
            row.attempt(),
            row.agentId().orElse(""),
            row.leaseUntil().orElse(row.scheduledAt()),
            row.state());
    desk.hold(held);
    // We may have ended between the row and the message; a message that comes twice is measured
    // once.
    if (row.state() == TaskState.QUEUED
        && campaign.status() == CampaignStatus.RUNNING
        && held.leaseUntil().isAfter(clock.instant())) {
      fleet.find(held.agentId()).ifPresent(agent -> courier.takeAgain(held, agent.queue()));
    }
  }
}
