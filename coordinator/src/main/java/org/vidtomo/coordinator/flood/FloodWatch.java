package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.AlertKind;
import org.vidtomo.coordinator.alert.Finding;
import org.vidtomo.coordinator.alert.Rounds;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.messaging.admin.Usage;
import org.vidtomo.storage.StandingStore;

/**
 * Revokes agents that flood the broker, or send what is refused and nothing else. It looks every
 * few seconds at what the broker counts and what aggregators noted, on a thread of its own.
 */
public final class FloodWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FloodWatch.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration TOLD_FOR = Duration.ofDays(1);
  private static final int LOOKS_PER_HOLD = 4;
  private static final int MOST_TOLD = 100;

  private final Supplier<Map<String, Usage>> usage;
  private final Predicate<String> enrolled;
  private final Revoking revoking;
  private final FloodMeter meter;
  private final RefusedReports refused;
  private final Clock clock;
  private final ConcurrentLinkedDeque<Flood> told = new ConcurrentLinkedDeque<>();
  private final Rounds rounds;

  /** Takes an agent's rights away. */
  public interface Revoking {
    /**
     * From now on nothing of it is taken.
     *
     * @throws RefusedException when there is no such agent
     */
    void revoke(String agentId) throws RefusedException;
  }

  private record Flood(String agentId, String much, Instant at) {}

  /**
   * A watch that does not look yet.
   *
   * @param usage what the broker's users have sent so far
   * @param standing where aggregators note what they refuse
   * @param enrolled whether a user of the broker is an agent of this coordinator
   */
  public FloodWatch(
      Supplier<Map<String, Usage>> usage,
      StandingStore standing,
      Predicate<String> enrolled,
      Revoking revoking,
      FloodLimits limits,
      Clock clock) {
    this.usage = requireNonNull(usage, "usage");
    this.enrolled = requireNonNull(enrolled, "enrolled");
    this.revoking = requireNonNull(revoking, "revoking");
    this.meter = new FloodMeter(limits);
    this.refused = new RefusedReports(standing, clock);
    this.clock = requireNonNull(clock, "clock");
    long pauseMillis =
        Math.min(LONGEST_PAUSE.toMillis(), 1 + limits.hold().toMillis() / LOOKS_PER_HOLD);
    this.rounds =
        new Rounds(
            "coordinator-floods", "looking for floods", this::look, Duration.ofMillis(pauseMillis));
  }

  /** Begins to look. */
  public void start() {
    rounds.start();
  }

  /** The floods of the last day. */
  public List<Finding> findings() {
    Instant from = clock.instant().minus(TOLD_FOR);
    told.removeIf(flood -> flood.at().isBefore(from));
    return told.stream()
        .map(
            flood ->
                new Finding(
                    AlertKind.AGENT_FLOODING,
                    flood.agentId(),
                    Set.of(),
                    "agent %s was revoked at %s: %s"
                        .formatted(flood.agentId(), flood.at(), flood.much())))
        .toList();
  }

  /** Looks once. */
  void look() {
    revokeAll(refused.found());
    revokeAll(meter.floods(usage.get(), clock.instant()));
  }

  private void revokeAll(Map<String, String> floods) {
    floods.forEach(
        (agent, much) -> {
          if (enrolled.test(agent)) {
            revoke(agent, much);
          }
        });
  }

  private void revoke(String agentId, String much) {
    LOG.warn("An agent floods the broker and is revoked: agent={} sends={}", agentId, much);
    told.addFirst(new Flood(agentId, much, clock.instant()));
    if (told.size() > MOST_TOLD) {
      told.removeLast();
    }
    try {
      revoking.revoke(agentId);
    } catch (RefusedException e) {
      LOG.debug("It is gone already: agent={}", agentId, e);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
