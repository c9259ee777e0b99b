package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** Of which time a service's most popular videos are. */
public enum TimeFrame implements WireName {
  TODAY,
  @JsonEnumDefaultValue
  WEEK,
  MONTH,
  ALL_TIME
}
