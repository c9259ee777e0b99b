package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** After which step a measurement stops. */
public enum Steps implements WireName {
  LOCATE,
  TRACE,
  @JsonEnumDefaultValue
  ALL
}
