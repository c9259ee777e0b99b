package org.vidtomo.core.network;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** Who named an agent's ISP. */
public enum ProviderSource implements WireName {
  /** The invite that the agent enrolled with: whoever made that. */
  INVITE,
  /** The name of the AS that the agent's requests come from. */
  NETWORK,
  /** The agent itself, when it enrolled: nobody vouches for it. */
  @JsonEnumDefaultValue
  AGENT
}
