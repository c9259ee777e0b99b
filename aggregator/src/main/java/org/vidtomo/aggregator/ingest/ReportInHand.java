package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.messaging.Delivery;

/**
 * A report on its way.
 *
 * @param suspect its id among the {@link Suspects}, if it was delivered before
 * @param tries this one is the how-manieth, from 1
 */
record ReportInHand(Delivery delivery, Optional<String> suspect, int tries) {
  ReportInHand {
    requireNonNull(delivery, "delivery");
    requireNonNull(suspect, "suspect");
  }

  static ReportInHand of(Delivery delivery) {
    Optional<String> suspect =
        delivery.redelivered() ? Optional.of(Suspects.id(delivery)) : Optional.empty();
    return new ReportInHand(delivery, suspect, 1);
  }

  ReportInHand nextTry() {
    return new ReportInHand(delivery, suspect, tries + 1);
  }
}
