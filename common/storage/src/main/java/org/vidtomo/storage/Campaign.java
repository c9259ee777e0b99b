package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;

/**
 * A campaign as it is stored.
 *
 * @param videos how many seeds it has
 * @param cycle the latest cycle begun, from 0
 * @param plan the coordinator's own note of how far planning has come
 * @param origin of an imported one; empty: this installation's own
 */
public record Campaign(
    UUID id,
    CampaignOptions options,
    CampaignStatus status,
    Instant createdAt,
    long videos,
    int cycle,
    Optional<String> plan,
    Optional<CampaignOrigin> origin) {
  public Campaign {
    requireNonNull(id, "id");
    requireNonNull(options, "options");
    requireNonNull(status, "status");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(plan, "plan");
    requireNonNull(origin, "origin");
  }

  /** A campaign of this installation. */
  public Campaign(
      UUID id,
      CampaignOptions options,
      CampaignStatus status,
      Instant createdAt,
      long videos,
      int cycle,
      Optional<String> plan) {
    this(id, options, status, createdAt, videos, cycle, plan, Optional.empty());
  }
}
