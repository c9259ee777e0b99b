package org.vidtomo.core.network;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** What an installation keeps of the public addresses of its agents. */
public enum KeptAddresses implements WireName {
  /** The whole address; only who operates the installation sees it. */
  WHOLE,
  /** The /24 or /48 that it is in. */
  PREFIX,
  /** Neither; the network's AS and provider are kept. */
  @JsonEnumDefaultValue
  NONE
}
