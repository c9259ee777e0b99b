package org.vidtomo.coordinator.assign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.coordinator.campaign.Campaign;
import org.vidtomo.coordinator.campaign.CampaignRow;
import org.vidtomo.coordinator.campaign.Tally;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CampaignStatus;

/** One campaign's waiting tasks. Confined to the dispatching thread. */
final class CampaignDesk {
  private final Campaign campaign;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private CampaignRow row;

  CampaignDesk(Campaign campaign) {
    this.campaign = campaign;
    this.row = campaign.row();
    lanesOf(row);
  }

  UUID id() {
    return row.id();
  }

  CampaignOptions options() {
    return row.options();
  }

  CampaignStatus status() {
    return row.status();
  }

  CampaignRow row() {
    return row;
  }

  Tally tally() {
    return campaign.tally();
  }

  /** Takes over what changed: a new round begins with new lanes. */
  void refresh() {
    CampaignRow now = campaign.row();
    boolean another =
        now.plan().isPresent() && !row.isRound(now.plan().get().cycle(), now.plan().get().round());
    if (another) {
      lanes.clear();
      lanesOf(now);
    }
    row = now;
  }

  Map<String, Lane> lanes() {
    return lanes;
  }

  Lane lane(String target) {
    return lanes.computeIfAbsent(target, t -> new Lane());
  }

  /** The next task of a target, if its slot has come. */
  Optional<Waiting> due(String target, Instant now) {
    return status() == CampaignStatus.RUNNING
        ? lane(target).peek().filter(w -> !w.task().scheduledAt().isAfter(now))
        : Optional.empty();
  }

  /**
   * Takes out the tasks that nobody shall measure any more: all of a cancelled campaign, else those
   * whose time is over.
   *
   * @param most so many at once
   */
  List<Waiting> takeOver(Instant now, int most) {
    List<Waiting> over = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      Optional<Waiting> next = lane.peek().filter(w -> over(w, now));
      while (next.isPresent() && over.size() < most) {
        over.add(next.get());
        lane.poll();
        next = lane.peek().filter(w -> over(w, now));
      }
    }
    return over;
  }

  /**
   * The targets with open tasks.
   *
   * @param held tasks that are with agents, by target
   */
  List<LaneView> openLanes(Map<String, Integer> held, Instant now) {
    List<LaneView> open = new ArrayList<>();
    lanes.forEach(
        (target, lane) -> {
          Optional<Waiting> next = lane.peek();
          boolean unfed = next.isEmpty() && lane.nextPosition() < row.plannedPositions();
          boolean due = unfed || next.filter(w -> !w.task().scheduledAt().isAfter(now)).isPresent();
          int withAgents = held.getOrDefault(target, 0);
          if (unfed || next.isPresent() || withAgents > 0) {
            open.add(new LaneView(id(), target, due, withAgents));
          }
        });
    return open;
  }

  private boolean over(Waiting waiting, Instant now) {
    return status() == CampaignStatus.CANCELLED || !waiting.task().expiresAt().isAfter(now);
  }

  private void lanesOf(CampaignRow of) {
    of.plan().ifPresent(plan -> plan.targets().forEach(this::lane));
  }
}
