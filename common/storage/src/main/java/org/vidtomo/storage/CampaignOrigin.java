package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where an imported campaign comes from. What is known of it is what its data set says: no
 * signature vouches for it here.
 *
 * @param dataSet the data set's id
 * @param source the file, for a person
 * @param software that exported it, if the data set says so
 * @param exportedAt if the data set says so
 */
public record CampaignOrigin(
    UUID dataSet,
    String source,
    Instant importedAt,
    Optional<String> software,
    Optional<Instant> exportedAt) {
  public CampaignOrigin {
    requireNonNull(dataSet, "dataSet");
    requireNonNull(source, "source");
    requireNonNull(importedAt, "importedAt");
    requireNonNull(software, "software");
    requireNonNull(exportedAt, "exportedAt");
  }
}
