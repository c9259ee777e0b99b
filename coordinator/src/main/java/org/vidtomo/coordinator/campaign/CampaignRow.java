package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.CampaignStatus;

/**
 * A campaign as it is kept.
 *
 * @param videos different videos in its list
 * @param duplicates lines that named a video which came before
 * @param plan of the round that is planned or under way; empty until there are agents
 * @param videosPlanned how many of the videos the plan's tasks are stored of, in the list's order
 */
public record CampaignRow(
    UUID id,
    Instant createdAt,
    CampaignOptions options,
    CampaignStatus status,
    long videos,
    long duplicates,
    Optional<RoundPlan> plan,
    long videosPlanned) {
  public CampaignRow {
    requireNonNull(id, "id");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(options, "options");
    requireNonNull(status, "status");
    requireNonNull(plan, "plan");
  }

  /** What the store keeps for us as text. */
  private record Note(long duplicates, long videosPlanned, Optional<RoundPlan> plan) {}

  /** Reads a stored campaign. */
  static CampaignRow of(org.vidtomo.storage.Campaign stored) {
    Note note = note(stored);
    return new CampaignRow(
        stored.id(),
        stored.createdAt(),
        stored.options(),
        stored.status(),
        stored.videos(),
        note.duplicates(),
        note.plan(),
        note.videosPlanned());
  }

  private static Note note(org.vidtomo.storage.Campaign stored) {
    if (stored.plan().isEmpty()) {
      return new Note(0, 0, Optional.empty());
    }
    try {
      return Wire.read(stored.plan().get(), Note.class);
    } catch (WireException e) {
      throw new IllegalStateException(
          "reading the plan of campaign " + stored.id() + ": " + e.getMessage(), e);
    }
  }

  org.vidtomo.storage.Campaign stored() {
    return new org.vidtomo.storage.Campaign(
        id, options, status, createdAt, videos, cycle(), Optional.of(planNote()));
  }

  String planNote() {
    return Wire.toJson(new Note(duplicates, videosPlanned, plan));
  }

  /** The repetition that is planned or under way, from 0. */
  public int cycle() {
    return plan.map(RoundPlan::cycle).orElse(0);
  }

  /** Whether all tasks of the round are stored. */
  public boolean whollyPlanned() {
    return plan.isPresent() && videosPlanned >= videos;
  }

  /** How many tasks of each target are stored. */
  public long plannedPositions() {
    return plan.map(p -> Math.multiplyExact(videosPlanned, p.samples())).orElse(0L);
  }

  CampaignRow with(CampaignStatus newStatus) {
    return new CampaignRow(
        id, createdAt, options, newStatus, videos, duplicates, plan, videosPlanned);
  }

  CampaignRow with(RoundPlan newPlan, long newVideosPlanned) {
    return new CampaignRow(
        id, createdAt, options, status, videos, duplicates, Optional.of(newPlan), newVideosPlanned);
  }
}
