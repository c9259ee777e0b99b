package org.vidtomo.core.dataset;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;

/**
 * A campaign as its data set describes it.
 *
 * @param options what it asked its agents for
 * @param state when it was exported
 * @param videos how many seeds it has
 * @param cycle the latest cycle begun, from 0
 * @param counts of its tasks when it was exported, as {@code /api/v1/campaigns} gives them
 * @param imported whether the exporting installation had imported it itself
 */
public record DataSetCampaign(
    UUID id,
    Optional<String> name,
    CampaignOptions options,
    String state,
    Instant createdAt,
    long videos,
    int cycle,
    Optional<JsonNode> counts,
    boolean imported) {
  public DataSetCampaign {
    requireNonNull(id, "id");
    requireNonNull(options, "options");
    requireNonNull(createdAt, "createdAt");
    if (videos < 0 || cycle < 0) {
      throw new IllegalArgumentException(
          "videos and cycle must be >= 0: %d, %d".formatted(videos, cycle));
    }
  }
}
