package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** How a player chooses among the representations of a segmented video. */
public enum PlayerRule implements WireName {
  @JsonEnumDefaultValue
  FIXED,
  THROUGHPUT,
  BOLA
}
