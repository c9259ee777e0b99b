package org.vidtomo.core.dataset;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the installation that collected a report says of it: the member {@code collected} that each
 * report of a data set has beside its own.
 *
 * @param counted whether it is the one that counts for its task; a late one does not
 * @param verified whether the agent's signature was verified; not after an import
 * @param receivedAt by the installation that verified it, or else that imported it
 * @param provider the agent's ISP as the coordinator knew it, where that stands above what the
 *     agent says
 * @param derivationVersion of the values that were derived from it; absent of one that does not
 *     count
 */
public record Collected(
    boolean counted,
    boolean verified,
    Instant receivedAt,
    Optional<String> provider,
    OptionalInt derivationVersion) {
  /** The member of a report's line. */
  public static final String MEMBER = "collected";

  public Collected {
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(provider, "provider");
    requireNonNull(derivationVersion, "derivationVersion");
  }
}
