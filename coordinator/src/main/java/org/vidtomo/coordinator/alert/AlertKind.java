package org.vidtomo.coordinator.alert;

import org.vidtomo.core.wire.WireName;

/** What may be wrong. The coordinator's README says of each when it is raised and what to do. */
public enum AlertKind implements WireName {
  /** Tasks are open and due, and nothing began or ended for long. */
  CAMPAIGN_STALLED,
  /** All agents of a target lack what the campaign's parameters need. */
  CAPABILITY_MISSING,
  /** A running campaign wants a provider of which no agent is alive. */
  PROVIDER_WITHOUT_AGENT,
  /** A list of videos could not be read when a cycle began. */
  LISTING_FAILED,
  /** Messages that could not be handled wait for someone to look at them. */
  DEAD_LETTERS,
  /** An agent sent far more than work needs, and was revoked. */
  AGENT_FLOODING
}
