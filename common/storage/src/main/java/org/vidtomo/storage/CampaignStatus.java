package org.vidtomo.storage;

import org.vidtomo.core.wire.WireName;

/** Where a campaign stands. */
public enum CampaignStatus implements WireName {
  /** Its seeds are still coming in; nothing is planned. */
  RECEIVING,
  RUNNING,
  PAUSED,
  CANCELLED,
  FINISHED;

  /** Nothing more happens in it. */
  public boolean ended() {
    return this == CANCELLED || this == FINISHED;
  }
}
