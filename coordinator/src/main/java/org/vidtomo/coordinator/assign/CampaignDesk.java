package org.vidtomo.coordinator.assign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.coordinator.campaign.CampaignStatus;
import org.vidtomo.core.task.CampaignOptions;

/** One campaign's waiting tasks. Confined to the dispatching thread. */
final class CampaignDesk {
  private final UUID id;
  private final CampaignOptions options;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private CampaignStatus status;

  CampaignDesk(UUID id, CampaignOptions options, CampaignStatus status) {
    this.id = id;
    this.options = options;
    this.status = status;
  }

  UUID id() {
    return id;
  }

  CampaignOptions options() {
    return options;
  }

  CampaignStatus status() {
    return status;
  }

  void status(CampaignStatus newStatus) {
    status = newStatus;
  }

  Map<String, Lane> lanes() {
    return lanes;
  }

  Lane lane(String target) {
    return lanes.computeIfAbsent(target, t -> new Lane());
  }

  /** The next task of a target, if its slot has come. */
  Optional<Waiting> due(String target, Instant now) {
    return status == CampaignStatus.ACTIVE
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

  private boolean over(Waiting waiting, Instant now) {
    return status == CampaignStatus.CANCELLED || !waiting.task().expiresAt().isAfter(now);
  }
}
