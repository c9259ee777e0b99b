package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One measurement of one video by one agent. Absent means not known or not applicable: never 0,
 * never null. docs/data-format.md describes every field; none is ever removed.
 *
 * @param assignment absent from {@code vidtomo measure}
 * @param startedAt the agent's clock
 * @param elapsedMicros the agent's monotonic clock
 */
public record Report(
    int schemaVersion,
    UUID reportId,
    Instant startedAt,
    long elapsedMicros,
    Optional<ReportAssignment> assignment,
    AgentInfo agent,
    Video video,
    Outcome outcome,
    Optional<Failure> failure,
    Optional<Lookup> lookup,
    List<Hop> hops,
    List<DnsLookup> dns,
    List<Ping> pings,
    List<Cache> caches,
    Optional<Download> download,
    Optional<Media> media,
    Optional<Playback> playback,
    List<String> related) {
  public static final int SCHEMA_VERSION = 1;

  /** A report on the wire, compressed, is at most this large. */
  public static final int MAX_COMPRESSED_BYTES = 32 << 10;

  public Report {
    requireNonNull(reportId, "reportId");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(agent, "agent");
    requireNonNull(video, "video");
    requireNonNull(outcome, "outcome");
    if (schemaVersion < 1) {
      throw new IllegalArgumentException("schemaVersion must be >= 1, is " + schemaVersion);
    }
    hops = copy(hops);
    dns = copy(dns);
    pings = copy(pings);
    caches = copy(caches);
    related = copy(related);
  }

  private static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
