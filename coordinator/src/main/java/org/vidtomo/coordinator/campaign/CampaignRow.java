package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.CampaignStatus;

/**
 * A campaign as it is kept.
 *
 * @param videos seeds of its latest cycle: the different videos in its list
 * @param duplicates lines that named a video which came before
 * @param plan of the round that is planned or under way; empty until there are agents
 * @param videosPlanned how many of the round's videos the plan's tasks are stored of, in their
 *     order
 * @param listed how many rows its list has, where each cycle's seeds are made from them and from
 *     the listings among them; empty where the list names its videos
 * @param trouble why a listing could not be read when the seeds were last made
 */
public record CampaignRow(
    UUID id,
    Instant createdAt,
    CampaignOptions options,
    CampaignStatus status,
    long videos,
    long duplicates,
    Optional<RoundPlan> plan,
    long videosPlanned,
    OptionalLong listed,
    Optional<String> trouble) {
  public CampaignRow {
    requireNonNull(id, "id");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(options, "options");
    requireNonNull(status, "status");
    requireNonNull(plan, "plan");
    requireNonNull(listed, "listed");
    requireNonNull(trouble, "trouble");
  }

  /** What the store keeps for us as text. */
  private record Note(
      long duplicates,
      long videosPlanned,
      Optional<RoundPlan> plan,
      OptionalLong listed,
      Optional<String> trouble) {}

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
        note.plan().map(plan -> whole(plan, stored.videos())),
        note.videosPlanned(),
        note.listed(),
        note.trouble());
  }

  /** Versions without crawls planned the whole list at once. */
  private static RoundPlan whole(RoundPlan plan, long videos) {
    return plan.span().isPresent() ? plan : plan.over(new RoundPlan.Span(0, videos, false));
  }

  private static Note note(org.vidtomo.storage.Campaign stored) {
    if (stored.plan().isEmpty()) {
      return new Note(0, 0, Optional.empty(), OptionalLong.empty(), Optional.empty());
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
    return Wire.toJson(new Note(duplicates, videosPlanned, plan, listed, trouble));
  }

  /** The repetition that is planned or under way, from 0. */
  public int cycle() {
    return plan.map(RoundPlan::cycle).orElse(0);
  }

  /** The round over related links that is planned or under way, from 0, that of the seeds. */
  public int round() {
    return plan.map(RoundPlan::round).orElse(0);
  }

  /** How many videos the cycle visits, as far as it is planned. */
  public long crawled() {
    return plan.map(p -> p.videos().end()).orElse(0L);
  }

  /** Whether a round is the one that is planned or under way. */
  public boolean isRound(int cycle, int round) {
    return plan.filter(p -> p.isRound(cycle, round)).isPresent();
  }

  /** Whether all tasks of the round are stored. */
  public boolean whollyPlanned() {
    return plan.isPresent() && videosPlanned >= plan.get().videos().count();
  }

  /** How many tasks of each target are stored. */
  public long plannedPositions() {
    return plan.map(p -> Math.multiplyExact(videosPlanned, p.samples())).orElse(0L);
  }

  CampaignRow with(CampaignStatus newStatus) {
    return new CampaignRow(
        id,
        createdAt,
        options,
        newStatus,
        videos,
        duplicates,
        plan,
        videosPlanned,
        listed,
        trouble);
  }

  CampaignRow with(Optional<String> newTrouble) {
    return new CampaignRow(
        id,
        createdAt,
        options,
        status,
        videos,
        duplicates,
        plan,
        videosPlanned,
        listed,
        newTrouble);
  }

  CampaignRow with(RoundPlan newPlan, long newVideosPlanned) {
    return new CampaignRow(
        id,
        createdAt,
        options,
        status,
        newPlan.round() == 0 ? newPlan.videos().count() : videos,
        duplicates,
        Optional.of(newPlan),
        newVideosPlanned,
        listed,
        trouble);
  }
}
