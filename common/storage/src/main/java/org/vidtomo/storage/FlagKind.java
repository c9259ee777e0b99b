package org.vidtomo.storage;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** What is wrong with reports that cannot be. */
public enum FlagKind implements WireName {
  /** More bytes over time than the line has, by its plan and its own history. */
  IMPOSSIBLE_RATE,
  /** A round-trip delay below what light in fibre takes. */
  IMPOSSIBLE_DELAY,
  /** A length of the media that all others contradict, who agree. */
  CONTRADICTED_LENGTH,
  /** An ISP of the agent's own word, where nearly all others of its AS name another. */
  PROVIDER_CONTRADICTS_NETWORK,
  /** Two numbers of one report that cannot both be. */
  CONTRADICTS_ITSELF,
  /** More than a spool full that is refused, or stored already: sent on purpose. */
  REFUSED_REPORTS,
  /** One of a newer version. */
  @JsonEnumDefaultValue
  OTHER
}
