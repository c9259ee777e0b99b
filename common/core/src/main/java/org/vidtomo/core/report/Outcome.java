package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** How a measurement ended. A failed measurement is a measurement. */
public enum Outcome implements WireName {
  OK,
  @JsonEnumDefaultValue
  FAILED,
  /** The service answered that this agent, region or network may not watch. */
  BLOCKED_BY_SERVICE,
  /** The agent's own policy did not allow it. */
  REFUSED_BY_POLICY,
  /** The assignment's lease was over before the measurement could start. */
  EXPIRED
}
