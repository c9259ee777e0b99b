package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.Measurement;

/**
 * How a measurement ended. Few are different.
 *
 * @param operation during which it failed
 */
record Ending(Outcome outcome, Optional<FailureKind> kind, Optional<String> operation) {
  Ending {
    requireNonNull(outcome, "outcome");
    requireNonNull(kind, "kind");
    requireNonNull(operation, "operation");
  }

  static Ending of(Measurement m) {
    return new Ending(m.outcome(), m.failureKind(), m.failureOperation());
  }
}
