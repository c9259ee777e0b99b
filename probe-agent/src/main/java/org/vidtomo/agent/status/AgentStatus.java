package org.vidtomo.agent.status;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * What an agent last said of itself, in {@code status.json}: there to be read also while it is
 * stopped.
 *
 * @param at it said so; while the agent runs and nothing changes, up to a minute ago
 * @param measurements its last ones, the latest first
 */
public record AgentStatus(
    String agentId,
    String software,
    Instant startedAt,
    Instant at,
    Now now,
    Upload upload,
    List<OwnMeasurement> measurements) {

  /**
   * What it was doing.
   *
   * @param connected to the broker
   * @param problem with the broker, while it lasts
   * @param measuring since when, and what
   * @param prefix of its network, as the coordinator sees it
   * @param clockOffsetMicros its clock minus the coordinator's
   * @param quietUntil the end of quiet hours, while they last
   */
  public record Now(
      boolean connected,
      boolean paused,
      Optional<String> problem,
      Optional<Measuring> measuring,
      Optional<String> provider,
      Optional<String> prefix,
      OptionalLong clockOffsetMicros,
      Optional<Instant> quietUntil) {
    public Now {
      requireNonNull(problem, "problem");
      requireNonNull(measuring, "measuring");
      requireNonNull(provider, "provider");
      requireNonNull(prefix, "prefix");
      requireNonNull(clockOffsetMicros, "clockOffsetMicros");
      requireNonNull(quietUntil, "quietUntil");
    }
  }

  /** A measurement that was running. */
  public record Measuring(String url, Instant since) {
    public Measuring {
      requireNonNull(url, "url");
      requireNonNull(since, "since");
    }
  }

  /**
   * Reports on their way.
   *
   * @param waiting reports that the broker has not confirmed
   * @param oldest of these was made
   * @param dropped reports given up, too old or too many, since the agent was enrolled
   * @param damaged reports found damaged on disk, since the agent was enrolled
   * @param lastConfirmed the broker took a report
   * @param problem why they wait
   */
  public record Upload(
      long waiting,
      long waitingBytes,
      Optional<Instant> oldest,
      long dropped,
      long damaged,
      Optional<Instant> lastConfirmed,
      Optional<String> problem) {
    public static final Upload NOTHING =
        new Upload(0, 0, Optional.empty(), 0, 0, Optional.empty(), Optional.empty());

    public Upload {
      requireNonNull(oldest, "oldest");
      requireNonNull(lastConfirmed, "lastConfirmed");
      requireNonNull(problem, "problem");
    }
  }

  public AgentStatus {
    requireNonNull(agentId, "agentId");
    requireNonNull(software, "software");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(at, "at");
    requireNonNull(now, "now");
    requireNonNull(upload, "upload");
    measurements = measurements == null ? List.of() : List.copyOf(measurements);
  }

  /**
   * What stands in a file; empty if there is none yet.
   *
   * @throws IOException when it cannot be read
   */
  public static Optional<AgentStatus> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(PrivateFiles.read(file), AgentStatus.class));
    } catch (WireException e) {
      throw new IOException(
          "reading %s: %s; remove it, the agent writes another".formatted(file, e.getMessage()), e);
    }
  }

  AgentStatus withLast(int most) {
    return new AgentStatus(
        agentId,
        software,
        startedAt,
        at,
        now,
        upload,
        measurements.stream().limit(Math.max(0, most)).toList());
  }

  void write(Path file) throws IOException {
    PrivateFiles.write(file, Wire.toJson(this) + "\n");
  }

  /** Says the same, whenever it was said. */
  boolean saysAs(AgentStatus other) {
    return new AgentStatus(agentId, software, startedAt, other.at, now, upload, measurements)
        .equals(other);
  }
}
