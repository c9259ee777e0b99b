package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.vidtomo.coordinator.campaign.Campaign;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Capabilities;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CampaignStatus;

/**
 * Which tasks wait, who holds which, and who gets the next. Decides and remembers; does no I/O.
 * Confined to the dispatching thread.
 */
final class Desk {
  private final int window;
  private final Duration lease;
  private final StartPacer pacer = new StartPacer();
  private final HostPacer hosts;
  private final Map<UUID, CampaignDesk> campaigns = new LinkedHashMap<>();
  private final Map<UUID, Held> held = new ConcurrentHashMap<>();
  private final Map<String, Load> loads = new HashMap<>();
  private int turn;

  private static final class Load {
    private int outstanding;
    private long given;
  }

  /**
   * A task and who gets it.
   *
   * @param waiting as it waited
   * @param held as the agent holds it from now on
   */
  record Grant(CampaignDesk campaign, Waiting waiting, AgentState agent, Held held) {}

  /**
   * An empty desk.
   *
   * @param window tasks that an agent may hold
   * @param lease how long it has for each
   * @param hosts the fleet's pace at each host
   */
  Desk(int window, Duration lease, HostPacer hosts) {
    this.window = window;
    this.lease = lease;
    this.hosts = hosts;
  }

  /** A campaign is new, or its row changed. */
  CampaignDesk opened(Campaign campaign) {
    CampaignDesk desk =
        campaigns.computeIfAbsent(campaign.row().id(), id -> new CampaignDesk(campaign));
    desk.refresh();
    return desk;
  }

  void close(UUID campaignId) {
    campaigns.remove(campaignId);
  }

  Optional<CampaignDesk> campaign(UUID id) {
    return Optional.ofNullable(campaigns.get(id));
  }

  Collection<CampaignDesk> campaigns() {
    return List.copyOf(campaigns.values());
  }

  /** Who has a task, as far as is known; may be asked on any thread. */
  Optional<Held> held(UUID taskId) {
    return Optional.ofNullable(held.get(taskId));
  }

  List<Held> heldTasks() {
    return List.copyOf(held.values());
  }

  int outstanding(String agentId) {
    return load(agentId).outstanding;
  }

  /** An agent has it now. */
  void hold(Held task) {
    release(task.task().taskId());
    held.put(task.task().taskId(), task);
    load(task.agentId()).outstanding++;
  }

  /** Its agent measures it. */
  void running(UUID taskId) {
    held.computeIfPresent(taskId, (id, task) -> task.running());
  }

  /** Its agent does not have it any more. */
  Optional<Held> release(UUID taskId) {
    Optional<Held> was = Optional.ofNullable(held.remove(taskId));
    was.ifPresent(task -> load(task.agentId()).outstanding--);
    return was;
  }

  /** Its agent does not have it any more, and it waits for another. */
  void giveBack(Held task, TaskState state) {
    release(task.task().taskId());
    campaign(task.task().campaignId())
        .ifPresent(
            campaign ->
                campaign
                    .lane(task.task().target())
                    .giveBack(new Waiting(task.task(), task.attempt(), state)));
  }

  /**
   * It ended, wherever it was.
   *
   * @return the state that its row was thought to have
   */
  Optional<TaskState> ended(UUID campaignId, String target, UUID taskId) {
    return release(taskId)
        .map(Held::state)
        .or(
            () ->
                campaign(campaignId)
                    .flatMap(campaign -> campaign.lane(target).forget(taskId))
                    .map(Waiting::state));
  }

  /** The targets of running campaigns with open tasks. */
  List<LaneView> openLanes(Instant now) {
    Map<UUID, Map<String, Integer>> byCampaign = new HashMap<>();
    for (Held task : held.values()) {
      byCampaign
          .computeIfAbsent(task.task().campaignId(), id -> new HashMap<>())
          .merge(task.task().target(), 1, Integer::sum);
    }
    List<LaneView> open = new ArrayList<>();
    for (CampaignDesk campaign : campaigns.values()) {
      if (campaign.status() == CampaignStatus.RUNNING) {
        open.addAll(campaign.openLanes(byCampaign.getOrDefault(campaign.id(), Map.of()), now));
      }
    }
    return open;
  }

  /** The tasks whose lease ended before {@code deadline}. */
  List<Held> overdue(Instant deadline) {
    return held.values().stream().filter(task -> task.leaseUntil().isBefore(deadline)).toList();
  }

  /**
   * Gives out what can be given now: to each agent one task of one campaign after the other, so
   * that neither a campaign nor an agent takes everything.
   *
   * @param agents those alive and taking tasks
   */
  List<Grant> grants(List<AgentState> agents, Instant now) {
    pacer.forgetBefore(now.minus(Duration.ofMinutes(1)));
    hosts.forgetBefore(now);
    List<CampaignDesk> order = inTurn();
    List<Grant> grants = new ArrayList<>();
    int before = -1;
    while (grants.size() > before) {
      before = grants.size();
      for (CampaignDesk campaign : order) {
        if (campaign.status() == CampaignStatus.RUNNING) {
          grantRound(campaign, agents, now, grants);
        }
      }
    }
    return grants;
  }

  private List<CampaignDesk> inTurn() {
    List<CampaignDesk> order = new ArrayList<>(campaigns.values());
    Collections.rotate(order, -(turn++ % Math.max(1, order.size())));
    return order;
  }

  private void grantRound(
      CampaignDesk campaign, List<AgentState> agents, Instant now, List<Grant> grants) {
    List<AgentState> free =
        agents.stream()
            .filter(agent -> load(agent.agentId()).outstanding < window)
            .sorted(
                Comparator.comparingInt((AgentState a) -> load(a.agentId()).outstanding)
                    .thenComparingLong(a -> load(a.agentId()).given)
                    .thenComparing(AgentState::agentId))
            .toList();
    for (AgentState agent : free) {
      Targets.targetOf(campaign.options(), agent.agentId(), agent.provider())
          .filter(campaign.lanes()::containsKey)
          .flatMap(target -> grant(campaign, target, agent, now))
          .ifPresent(grants::add);
    }
  }

  private Optional<Grant> grant(
      CampaignDesk campaign, String target, AgentState agent, Instant now) {
    Duration offset =
        Offsets.of(campaign.id(), agent.agentId(), campaign.options().startsPerMinute());
    Optional<Waiting> next = campaign.due(target, now.minus(offset));
    if (next.isEmpty() || !allowed(campaign, next.get(), agent, now)) {
      return Optional.empty();
    }
    campaign.lane(target).poll();
    Load load = load(agent.agentId());
    load.given++;
    pacer.started(agent.agentId(), next.get().task().video().service(), now);
    hosts.started(next.get().task().video().host(), now);
    Held held =
        new Held(
            next.get().task(),
            next.get().attempts() + 1,
            agent.agentId(),
            // As rows know it: the same message is sent again after a restart.
            now.plus(lease).truncatedTo(ChronoUnit.MILLIS),
            TaskState.QUEUED);
    hold(held);
    return Optional.of(new Grant(campaign, next.get(), agent, held));
  }

  private boolean allowed(CampaignDesk campaign, Waiting next, AgentState agent, Instant now) {
    CampaignOptions options = campaign.options();
    long budget = agent.bytesLeft().orElse(Long.MAX_VALUE);
    // What was given since the agent last told its budget is not in it, and may cost as much.
    boolean affords =
        budget / (load(agent.agentId()).outstanding + 1) >= options.parameters().downloadBytes();
    return affords
        && Capabilities.missing(options.parameters(), agent.capabilities()).isEmpty()
        && pacer.allows(
            agent.agentId(), next.task().video().service(), options.startsPerMinute(), now)
        && hosts.allows(next.task().video().host(), now);
  }

  private Load load(String agentId) {
    return loads.computeIfAbsent(agentId, id -> new Load());
  }
}
