package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** Which address family a measurement may use. */
public enum AddressFamily implements WireName {
  @JsonEnumDefaultValue
  AUTO,
  IPV4,
  IPV6
}
