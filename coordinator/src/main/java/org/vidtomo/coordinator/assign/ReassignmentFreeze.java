package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Says when not to take tasks from silent agents: when more than a fifth of the fleet, and more
 * than one, fell silent together, it is rather the broker or the coordinator's own line that
 * failed; and just after a start nobody has been heard yet. Bounded, so that a campaign ends even
 * if they never come back. Not thread-safe.
 */
public final class ReassignmentFreeze {
  private static final int FRACTION = 5;
  private static final int LEAST_VANISHED = 2;

  private final Duration together;
  private final Duration hold;
  private final Map<String, Instant> vanished = new HashMap<>();
  private Set<String> before = Set.of();
  private Instant until;

  /**
   * Frozen from the start.
   *
   * @param afterStart how long it is frozen after {@code start}
   * @param together agents that vanish within this time vanish together
   * @param hold how long it is frozen after agents vanished together
   */
  public ReassignmentFreeze(Instant start, Duration afterStart, Duration together, Duration hold) {
    this.until = start.plus(afterStart);
    this.together = together;
    this.hold = hold;
  }

  /**
   * Looks at the fleet.
   *
   * @param alive agents heard of lately, without those that said good-bye
   * @param leaving agents that said good-bye
   */
  public void observe(Set<String> alive, Set<String> leaving, Instant now) {
    for (String agent : before) {
      if (!alive.contains(agent) && !leaving.contains(agent)) {
        vanished.put(agent, now);
      }
    }
    vanished.keySet().removeAll(alive);
    vanished.values().removeIf(at -> at.plus(together).isBefore(now));
    before = new HashSet<>(alive);
    if (vanished.size() >= LEAST_VANISHED
        && vanished.size() * FRACTION > alive.size() + vanished.size()) {
      Instant longer = now.plus(hold);
      until = longer.isAfter(until) ? longer : until;
      // Counted once: those that stay away must not freeze for ever.
      vanished.clear();
    }
  }

  /** Whether no task may be taken from a silent agent now. */
  public boolean frozen(Instant now) {
    return now.isBefore(until);
  }
}
