package org.vidtomo.coordinator.assign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.vidtomo.core.task.Presence;

/**
 * The enrolled agents and what was last heard of each. Alive is who gave a sign of life, a
 * heartbeat or a report, within the presence timeout. Thread-safe.
 */
public final class Fleet {
  /** A heartbeat that took longer was held up by a broker in trouble. */
  private static final Duration WAY_OF_A_HEARTBEAT = Duration.ofSeconds(30);

  /** No clock is that wrong, and what an agent says of its own must be countable in any case. */
  private static final Duration LONGEST_OFFSET = Duration.ofDays(36_500);

  private final Duration presenceTimeout;
  private final Clock clock;
  private final Map<String, Member> byId = new ConcurrentHashMap<>();
  private final Map<String, String> idByKey = new ConcurrentHashMap<>();

  private record Member(EnrolledAgent enrolled, AgentState state) {}

  /** A fleet without agents. */
  public Fleet(Duration presenceTimeout, Clock clock) {
    this.presenceTimeout = presenceTimeout;
    this.clock = clock;
  }

  /** Adds an agent, or what changed at a new enrolment. */
  public void enrolled(EnrolledAgent agent) {
    byId.compute(agent.agentId(), (id, member) -> new Member(agent, initial(agent, member)));
    idByKey.put(agent.key().id(), agent.agentId());
  }

  /** Removes an agent. */
  public Optional<EnrolledAgent> revoked(String agentId) {
    Optional<EnrolledAgent> gone = Optional.ofNullable(byId.remove(agentId)).map(Member::enrolled);
    gone.ifPresent(agent -> idByKey.remove(agent.key().id()));
    return gone;
  }

  /** Whose key it is. */
  public Optional<EnrolledAgent> byKey(String keyId) {
    return Optional.ofNullable(idByKey.get(keyId)).map(byId::get).map(Member::enrolled);
  }

  /** The agent as last heard of. */
  public Optional<AgentState> find(String agentId) {
    return Optional.ofNullable(byId.get(agentId)).map(Member::state);
  }

  /** A verified heartbeat came. */
  public void heard(String agentId, Presence presence) {
    Instant now = clock.instant();
    byId.computeIfPresent(
        agentId,
        (id, member) -> new Member(member.enrolled(), state(member.enrolled(), presence, now)));
  }

  /** A verified report came: a sign of life that says nothing else. */
  public void reported(String agentId) {
    Instant now = clock.instant();
    byId.computeIfPresent(
        agentId, (id, member) -> new Member(member.enrolled(), at(member.state(), now)));
  }

  /** Its queue is gone or nobody takes from it: it is gone until it is heard again. */
  public void lost(String agentId) {
    byId.computeIfPresent(
        agentId, (id, member) -> new Member(member.enrolled(), initial(member.enrolled(), null)));
  }

  /** All agents, in the order of their ids. */
  public List<AgentState> all() {
    return byId.values().stream()
        .map(Member::state)
        .sorted((a, b) -> a.agentId().compareTo(b.agentId()))
        .toList();
  }

  /** Whether the agent gave a sign of life lately. */
  public boolean alive(AgentState agent) {
    Instant since = clock.instant().minus(presenceTimeout);
    return agent.lastHeard().filter(at -> at.isAfter(since)).isPresent();
  }

  /** The agents that are alive and take tasks. */
  public List<AgentState> taking() {
    return all().stream()
        .filter(this::alive)
        .filter(agent -> agent.status() == Presence.Status.ACTIVE)
        .toList();
  }

  /** Whether each enrolled agent was heard of since the start. */
  public boolean allHeard() {
    return byId.values().stream().allMatch(member -> member.state().lastHeard().isPresent());
  }

  /** Provider by id of the agents that are alive and not leaving. */
  public Map<String, String> providerByAgent() {
    return all().stream()
        .filter(this::alive)
        .filter(agent -> agent.status() != Presence.Status.LEAVING)
        .collect(Collectors.toMap(AgentState::agentId, AgentState::provider));
  }

  private static AgentState initial(EnrolledAgent agent, Member before) {
    AgentState old = before == null ? null : before.state();
    return new AgentState(
        agent.agentId(),
        agent.queue(),
        agent.provider().orElse(AgentState.UNKNOWN_PROVIDER),
        old == null ? Optional.empty() : old.lastHeard(),
        old == null ? Presence.Status.ACTIVE : old.status(),
        old == null ? "" : old.software(),
        old == null ? List.of() : old.capabilities(),
        old == null ? Optional.empty() : old.running(),
        old == null ? OptionalLong.empty() : old.bytesLeft(),
        old == null ? OptionalLong.empty() : old.clockOffsetMicros());
  }

  private static AgentState state(EnrolledAgent agent, Presence presence, Instant now) {
    return new AgentState(
        agent.agentId(),
        agent.queue(),
        agent.provider().or(presence.agent()::provider).orElse(AgentState.UNKNOWN_PROVIDER),
        Optional.of(now),
        presence.status(),
        presence.agent().software(),
        presence.capabilities(),
        presence.running(),
        presence.bytesLeft(),
        OptionalLong.of(clockOffsetMicros(presence, now)));
  }

  /**
   * What the agent measured against this coordinator, which a message's way does not blur; unless
   * its clock was set since, which the heartbeat's own time shows.
   */
  private static long clockOffsetMicros(Presence presence, Instant now) {
    long seenMicros = bounded(Duration.between(now, presence.at())).toNanos() / 1000;
    OptionalLong measured = presence.agent().clockOffsetMicros();
    boolean holds =
        measured.isPresent()
            && Math.abs(measured.getAsLong() - seenMicros) <= WAY_OF_A_HEARTBEAT.toMillis() * 1000;
    return holds ? measured.getAsLong() : seenMicros;
  }

  private static Duration bounded(Duration offset) {
    if (offset.abs().compareTo(LONGEST_OFFSET) <= 0) {
      return offset;
    }
    return offset.isNegative() ? LONGEST_OFFSET.negated() : LONGEST_OFFSET;
  }

  private static AgentState at(AgentState state, Instant now) {
    return new AgentState(
        state.agentId(),
        state.queue(),
        state.provider(),
        Optional.of(now),
        state.status(),
        state.software(),
        state.capabilities(),
        state.running(),
        state.bytesLeft(),
        state.clockOffsetMicros());
  }
}
