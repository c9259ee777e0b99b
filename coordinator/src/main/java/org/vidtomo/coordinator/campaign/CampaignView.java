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
 * @param videos seeds
 * @param round over related links, from 0, that of the seeds
 * @param crawled videos that the cycle visits, the seeds included, as far as it is planned
 */
public record CampaignView(
    UUID id,
    Optional<String> name,
    String state,
    Instant createdAt,
    long videos,
    long duplicates,
    int cycle,
    int round,
    long crawled,
    Counts counts,
    CampaignOptions options) {}
