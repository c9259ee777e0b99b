package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.storage.Measurement;

/**
 * Where a measurement was made: an agent and its access, as the measurement has them. Few are
 * different, so that each is kept once.
 *
 * @param utcOffsetMinutes of the agent's local time
 * @param clockOff whether the agent's clock was too far off for its slots to be believed
 */
record Line(
    String agent,
    Optional<String> provider,
    Optional<String> prefix,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> country,
    Optional<String> technology,
    String family,
    OptionalInt utcOffsetMinutes,
    boolean clockOff) {
  /** An agent whose clock is further off is left out. */
  static final Duration MAX_CLOCK_OFFSET = Duration.ofMinutes(5);

  Line {
    requireNonNull(agent, "agent");
    requireNonNull(family, "family");
  }

  static Line of(Measurement m) {
    return new Line(
        m.agentId(),
        m.provider(),
        m.prefix(),
        m.asn(),
        m.asName(),
        m.country(),
        m.technology(),
        m.addressFamily(),
        m.utcOffsetMinutes(),
        m.clockOffsetMicros().isPresent() && isOff(m.clockOffsetMicros().getAsLong()));
  }

  /** The least of all numbers has no absolute value. */
  private static boolean isOff(long micros) {
    long most = MAX_CLOCK_OFFSET.toNanos() / 1000;
    return micros > most || micros < -most;
  }
}
