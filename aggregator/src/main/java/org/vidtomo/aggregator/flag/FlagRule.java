package org.vidtomo.aggregator.flag;

import java.util.Optional;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/** Something that cannot be. Remembers, within bounds, what it was shown before. Thread-safe. */
interface FlagRule {
  FlagKind kind();

  /** What cannot be about a measurement: one line. */
  Optional<String> objection(Measurement measurement);
}
