package org.vidtomo.coordinator.campaign;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** A campaign's way: active ⇄ paused → finished | cancelled. */
public enum CampaignStatus implements WireName {
  @JsonEnumDefaultValue
  ACTIVE,
  PAUSED,
  CANCELLED,
  FINISHED;

  /** Nothing will be measured any more. */
  public boolean ended() {
    return this == CANCELLED || this == FINISHED;
  }
}
