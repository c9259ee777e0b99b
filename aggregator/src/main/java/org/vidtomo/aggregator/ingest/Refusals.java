package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.Strike;

/**
 * What becomes of reports that are refused. They are dead letters, so that an operator can look at
 * them, but only so many of one sender in a day: more than an agent's spool holds is sent on
 * purpose, and would fill the queue that all share. Reports that are stored and come again and
 * again count too: they keep others waiting. Of such an agent a strike is noted, for which
 * coordinators revoke it. Thread-safe.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final int MOST_SENDERS = 20_000;

  /** What a message costs the broker beside its body. */
  private static final int OVERHEAD_BYTES = 1 << 10;

  private final Senders senders;
  private final long mostBytes;
  private final StandingStore standing;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final Map<String, Share> shares = BoundedMaps.byUse(MOST_SENDERS);

  /** What came in vain of a sender on a day. */
  private record Share(LocalDate day, long bytes) {}

  private enum Room {
    LEFT,
    /** Used up by this one. */
    ENDS,
    NONE
  }

  /**
   * Nothing is refused yet.
   *
   * @param senders those whom the installation trusts have no limit: they replay
   * @param mostBytes of one sender in a day (UTC)
   */
  Refusals(
      Senders senders, long mostBytes, StandingStore standing, IngestMetrics metrics, Clock clock) {
    this.senders = requireNonNull(senders, "senders");
    this.mostBytes = mostBytes;
    this.standing = requireNonNull(standing, "standing");
    this.metrics = requireNonNull(metrics, "metrics");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Settles a report that will never be stored. */
  void refuse(Delivery report, String reason) {
    metrics.dead();
    // What comes without a user-id is nobody's: its key may be another's where agents share a user.
    Optional<String> sender = sender(report);
    Room room = take(sender, report);
    if (room == Room.LEFT) {
      LOG.warn(
          "report refused reason=\"{}\" key={}; it is in {}",
          reason,
          report.routingKey(),
          Topology.DEAD);
      report.poison(reason);
      return;
    }
    if (room == Room.ENDS) {
      ends(sender, reason);
    }
    metrics.forgotten();
    report.ack();
  }

  /** Counts a report that is stored already. */
  void again(Delivery report) {
    Optional<String> sender = sender(report);
    if (take(sender, report) == Room.ENDS) {
      ends(sender, "a report that is stored already");
    }
  }

  private static Optional<String> sender(Delivery report) {
    return report.userId().filter(user -> !user.isEmpty());
  }

  private void ends(Optional<String> sender, String last) {
    LOG.warn(
        "over {} bytes of one sender came in vain today, {} gets no more sender={} last=\"{}\"",
        mostBytes,
        Topology.DEAD,
        sender.orElse("unknown"),
        last);
    sender.ifPresent(agent -> strike(agent, last));
  }

  private Room take(Optional<String> sender, Delivery report) {
    return sender.filter(senders.trusted()::contains).isPresent()
        ? Room.LEFT
        : take(sender.orElse(""), report.body().length + OVERHEAD_BYTES);
  }

  private Room take(String sender, int bytes) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    synchronized (shares) {
      Share known = shares.get(sender);
      long before = known == null || !known.day().equals(today) ? 0 : known.bytes();
      shares.put(sender, new Share(today, before + bytes));
      if (before + bytes <= mostBytes) {
        return Room.LEFT;
      }
      return before <= mostBytes ? Room.ENDS : Room.NONE;
    }
  }

  private void strike(String agent, String last) {
    standing
        .note(
            new Strike(
                agent,
                FlagKind.REFUSED_REPORTS,
                UUID.randomUUID(),
                clock.instant(),
                "over %d bytes in vain in a day, the last: %s".formatted(mostBytes, last)))
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.warn(
                    "what an agent sends in vain is not noted agent={} error=\"{}\"",
                    agent,
                    error.getMessage());
              }
            });
  }
}
