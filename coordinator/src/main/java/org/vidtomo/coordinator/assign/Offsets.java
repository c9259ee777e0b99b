package org.vidtomo.coordinator.assign;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * By how much each agent's starts in a campaign come after the slots: a random part of the time
 * between two starts, always the same for the agent. Slots are the same for all ISPs; without this
 * all agents would start at the same instants, and meet each other at the site. Pure.
 */
final class Offsets {
  private static final long RANDOM_BITS = (1L << 53) - 1;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Offsets() {}

  /** Shorter than the time between two starts of the agent. */
  static Duration of(UUID campaign, String agentId, int startsPerMinute) {
    byte[] name = (campaign + "/" + agentId).getBytes(StandardCharsets.UTF_8);
    // Version 3 is a hash of all; its bits beside the variant's two are as good as random.
    long bits = UUID.nameUUIDFromBytes(name).getLeastSignificantBits() & RANDOM_BITS;
    double part = bits / (double) (RANDOM_BITS + 1);
    return Duration.ofMillis((long) (MINUTE.dividedBy(startsPerMinute).toMillis() * part));
  }
}
