package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import org.vidtomo.storage.Measurement;

/** For which campaign a measurement was made, at which service. */
record Origin(Optional<UUID> campaign, String service) {
  Origin {
    requireNonNull(campaign, "campaign");
    requireNonNull(service, "service");
  }

  static Origin of(Measurement m) {
    return new Origin(m.campaignId(), m.service());
  }
}
