package org.vidtomo.coordinator.assign;

import java.util.UUID;

/**
 * A target of a running campaign with open tasks.
 *
 * @param due whether one waits whose slot has come
 * @param held how many are with agents
 */
public record LaneView(UUID campaignId, String target, boolean due, int held) {}
