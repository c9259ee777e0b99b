package org.vidtomo.coordinator.campaign;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;

/**
 * A campaign as the API shows it.
 *
 * @param state {@code waiting} for agents, {@code planning}, {@code running}, {@code paused},
 *     {@code cancelled} or {@code finished}
 */
public record CampaignView(
    UUID id,
    Optional<String> name,
    String state,
    Instant createdAt,
    long videos,
    long duplicates,
    int cycle,
    Counts counts,
    CampaignOptions options) {}
