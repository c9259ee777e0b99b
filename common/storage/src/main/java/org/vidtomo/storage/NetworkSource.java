package org.vidtomo.storage;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** Whose word stands behind what a measurement says of its agent's network. */
public enum NetworkSource implements WireName {
  /** The coordinator's ticket: it saw the agent's requests come from there. */
  TICKET,
  /** What agent or invite said when the agent enrolled. */
  ENROLMENT,
  /** The installation's table, for the prefix in the ticket. */
  TABLE,
  /** The agent's own, for which nobody vouches. */
  @JsonEnumDefaultValue
  AGENT
}
