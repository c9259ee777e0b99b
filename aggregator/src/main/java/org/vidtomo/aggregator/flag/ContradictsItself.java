package org.vidtomo.aggregator.flag;

import java.util.Optional;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/** A number of a report that its own details deny. */
final class ContradictsItself implements FlagRule {
  @Override
  public FlagKind kind() {
    return FlagKind.CONTRADICTS_ITSELF;
  }

  @Override
  public Optional<String> objection(Measurement measurement) {
    return measurement.contradiction();
  }
}
