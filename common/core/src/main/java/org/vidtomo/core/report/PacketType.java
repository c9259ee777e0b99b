package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** RFC 2330 Type-P of a round-trip sample. The two are never mixed in one statistic. */
public enum PacketType implements WireName {
  ICMP_ECHO,
  TCP_SYN,
  /** Of a newer agent; mixed with neither. */
  @JsonEnumDefaultValue
  UNKNOWN
}
