package org.vidtomo.agent.status;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.report.Report;
import org.vidtomo.runtime.Version;

/**
 * Keeps {@code status.json} true: its last measurements, over restarts, and what the agent does
 * now. The file is written when something has changed, and else once a minute, so that a small
 * machine's disk is left in peace. Thread-safe.
 */
public final class StatusBoard {
  /** Measurements that are kept. */
  public static final int MEASUREMENTS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
  private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(1);

  private final Path file;
  private final String agentId;
  private final Supplier<Live> live;
  private final Clock clock;
  private final Instant startedAt;
  private final Deque<OwnMeasurement> measurements = new ArrayDeque<>();
  private AgentStatus.Upload before = AgentStatus.Upload.NOTHING;
  private Optional<AgentStatus> written = Optional.empty();
  private boolean failing;

  /** What changes by itself; dropped and damaged count from the agent's start. */
  public record Live(AgentStatus.Now now, AgentStatus.Upload upload) {}

  private StatusBoard(Path file, String agentId, Supplier<Live> live, Clock clock) {
    this.file = requireNonNull(file, "file");
    this.agentId = requireNonNull(agentId, "agentId");
    this.live = requireNonNull(live, "live");
    this.clock = requireNonNull(clock, "clock");
    this.startedAt = clock.instant();
  }

  /**
   * Goes on from what a former process of the same agent left. What cannot be read is begun anew:
   * nothing but its owner's view depends on it.
   */
  public static StatusBoard open(Path file, String agentId, Supplier<Live> live, Clock clock) {
    StatusBoard board = new StatusBoard(file, agentId, live, clock);
    try {
      AgentStatus.read(file).filter(s -> s.agentId().equals(agentId)).ifPresent(board::goOn);
    } catch (IOException e) {
      LOG.warn("the agent's former status is lost: {}", e.getMessage());
    }
    return board;
  }

  private void goOn(AgentStatus former) {
    before = former.upload();
    former.measurements().stream().limit(MEASUREMENTS).forEach(measurements::addLast);
  }

  /** A measurement has ended. */
  public synchronized void measured(Report report) {
    measurements.addFirst(OwnMeasurement.of(report));
    while (measurements.size() > MEASUREMENTS) {
      measurements.removeLast();
    }
  }

  /** Writes the file if it is not true any more, or has not been written for long. */
  public synchronized void refresh() {
    AgentStatus status = status();
    if (written.filter(w -> status.saysAs(w) && isFresh(w, status.at())).isPresent()) {
      return;
    }
    try {
      status.write(file);
      written = Optional.of(status);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("the agent's status cannot be written, 'agent status' shows an old one", e);
      }
      failing = true;
    }
  }

  private static boolean isFresh(AgentStatus written, Instant now) {
    // A clock that was set back must not stop the writing.
    return Duration.between(written.at(), now).abs().compareTo(AT_LEAST_EVERY) < 0;
  }

  private AgentStatus status() {
    Live seen = live.get();
    AgentStatus.Upload upload = seen.upload();
    return new AgentStatus(
        agentId,
        Version.software(),
        startedAt,
        clock.instant(),
        seen.now(),
        new AgentStatus.Upload(
            upload.waiting(),
            upload.waitingBytes(),
            upload.oldest(),
            before.dropped() + upload.dropped(),
            before.damaged() + upload.damaged(),
            upload.lastConfirmed().or(before::lastConfirmed),
            upload.problem()),
        List.copyOf(measurements));
  }
}
