package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What an agent's latest measurement in memory says of it. */
public record AgentLine(
    String agent,
    Optional<String> provider,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> country,
    Optional<String> technology,
    String addressFamily,
    Instant lastMeasuredAt) {

  static AgentLine of(Line line, Instant at) {
    return new AgentLine(
        line.agent(),
        line.provider(),
        line.asn(),
        line.asName(),
        line.country(),
        line.technology(),
        line.family(),
        at);
  }
}
