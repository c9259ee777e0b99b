package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.messaging.Delivery;

/**
 * A report on its way.
 *
 * @param suspect its id among the {@link Suspects}, if it was delivered before
 */
record ReportInHand(Delivery delivery, Optional<String> suspect, Tries tries) {
  ReportInHand {
    requireNonNull(delivery, "delivery");
    requireNonNull(suspect, "suspect");
    requireNonNull(tries, "tries");
  }

  static ReportInHand of(Delivery delivery) {
    Optional<String> suspect =
        delivery.redelivered() ? Optional.of(Suspects.id(delivery)) : Optional.empty();
    return new ReportInHand(delivery, suspect, Tries.FIRST);
  }

  /** Whether neither the broker nor this process has had it in hand before. */
  boolean isNew() {
    return suspect.isEmpty() && tries.count() == 1;
  }

  ReportInHand in(Tries next) {
    return new ReportInHand(delivery, suspect, next);
  }
}
