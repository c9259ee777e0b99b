package org.vidtomo.agent.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.spool.Spool;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.agent.status.StatusBoard;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.messaging.BrokerHealth;

/** What an agent's parts say of themselves now. */
final class LiveStatus {
  private static final AgentStatus.Now NOT_YET =
      new AgentStatus.Now(
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty());

  private LiveStatus() {}

  static StatusBoard.Live of(Optional<AgentParts> parts) {
    return parts
        .map(p -> new StatusBoard.Live(now(p), upload(p)))
        .orElseGet(() -> new StatusBoard.Live(NOT_YET, AgentStatus.Upload.NOTHING));
  }

  private static AgentStatus.Now now(AgentParts parts) {
    BrokerHealth broker = parts.connection().check();
    AgentInfo agent = parts.description().get();
    return new AgentStatus.Now(
        broker.connected(),
        parts.pause().paused(),
        broker.problem(),
        parts.watch().measuring(),
        agent.provider(),
        agent.prefix(),
        agent.clockOffsetMicros(),
        parts.pause().quietUntil());
  }

  private static AgentStatus.Upload upload(AgentParts parts) {
    Spool spool = parts.store().spool();
    List<Spool.Entry> pending = spool.pending();
    Optional<Instant> oldest = pending.stream().map(Spool.Entry::createdAt).findFirst();
    return new AgentStatus.Upload(
        pending.size(),
        spool.bytes(),
        oldest,
        spool.dropped(),
        spool.damaged(),
        parts.sender().lastConfirmed(),
        parts.sender().problem());
  }
}
