package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** From where each video of a campaign is measured. */
public enum Coverage implements WireName {
  /** Once from every ISP. */
  @JsonEnumDefaultValue
  PROVIDER,
  /** Once from every agent. */
  AGENT,
  /** Once, from whichever agent is free. */
  ANY
}
