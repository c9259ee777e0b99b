package org.vidtomo.coordinator.assign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.Desk.Grant;
import org.vidtomo.coordinator.campaign.Campaign;
import org.vidtomo.coordinator.campaign.CampaignListener;
import org.vidtomo.coordinator.campaign.RoundVideos;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.Publisher;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/**
 * Gives tasks out, takes them back when their lease is over, ends them when their time is. One
 * thread owns all that; the others tell it what happened.
 */
public final class Dispatcher implements CampaignListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Fleet fleet;
  private final ReassignmentFreeze freeze;
  private final Duration grace;
  private final BooleanSupplier leads;
  private final Clock clock;
  private final Desk desk;
  private final TaskMoves moves;
  private final Courier courier;
  private final Ender ender;
  private final Recall recall;
  private final LaneFeeder feeder;
  private final Restorer restorer;
  private final DispatchLoop loop = new DispatchLoop(this::work);
  private final Starts starts;
  private final LongAdder assigned = new LongAdder();
  private final LongAdder reassigned = new LongAdder();
  private volatile boolean frozen;

  /**
   * How tasks are given out.
   *
   * @param window tasks that an agent may hold
   * @param lease how long it has for each
   * @param grace after a lease, until the task is given to another
   * @param startsPerHost of the whole fleet, a minute
   */
  public record Rules(int window, Duration lease, Duration grace, int startsPerHost) {}

  /**
   * A dispatcher that does not run yet.
   *
   * @param leads whether it may give tasks out now
   */
  public Dispatcher(
      Rules rules,
      Fleet fleet,
      ReassignmentFreeze freeze,
      TaskStore tasks,
      RoundVideos rounds,
      Publisher publisher,
      Topology topology,
      Assignments assignments,
      BooleanSupplier leads,
      Clock clock) {
    this.fleet = fleet;
    this.freeze = freeze;
    this.grace = rules.grace();
    this.leads = leads;
    this.clock = clock;
    this.desk = new Desk(rules.window(), rules.lease(), new HostPacer(rules.startsPerHost()));
    this.moves = new TaskMoves(tasks);
    this.courier = new Courier(desk, fleet, moves, publisher, assignments, clock);
    this.ender = new Ender(desk, moves);
    this.recall = new Recall(desk, fleet, courier, topology);
    this.feeder = new LaneFeeder(rounds);
    this.restorer = new Restorer(desk, fleet, courier, clock);
    this.starts = new Starts(desk, moves, loop::tell);
  }

  /**
   * A task found in the store at the start, of a campaign that is not over. Before {@link #start}.
   */
  public void restore(Campaign campaign, TaskRow row) {
    restorer.restore(desk.opened(campaign), row);
  }

  /** Begins. */
  public void start() {
    loop.start();
  }

  @Override
  public void changed(Campaign campaign) {
    loop.tell(
        () -> {
          CampaignDesk opened = desk.opened(campaign);
          if (opened.status() == CampaignStatus.FINISHED) {
            desk.close(opened.id());
          } else {
            recall.changed(opened);
          }
        });
  }

  /** A verified heartbeat came. */
  public void heard(String agentId, Presence presence) {
    fleet.heard(agentId, presence);
    presence.running().ifPresent(taskId -> loop.tell(() -> starts.began(agentId, taskId)));
  }

  /**
   * A task is done.
   *
   * @param from the state that its row had
   */
  public void done(TaskOutcome outcome, String target, TaskState from) {
    fleet.reported(outcome.agentId());
    loop.tell(
        () -> {
          Optional<TaskState> ending = ender.forget(outcome.taskId());
          Optional<TaskState> believed =
              desk.ended(outcome.campaignId(), target, outcome.taskId()).or(() -> ending);
          believed
              .filter(state -> state != from)
              .ifPresent(
                  state ->
                      desk.campaign(outcome.campaignId())
                          .ifPresent(campaign -> campaign.tally().moved(target, state, from)));
        });
  }

  /** The agent says that it will not measure this attempt: its lease was over. */
  public void declined(TaskOutcome outcome) {
    fleet.reported(outcome.agentId());
    loop.tell(
        () ->
            desk.held(outcome.taskId())
                .filter(held -> held.attempt() == outcome.attempt())
                .filter(held -> !courier.holds(outcome.taskId()))
                .ifPresent(held -> desk.giveBack(held, held.state())));
  }

  /** An agent may report no more: what it held goes to others. */
  public void revoked(EnrolledAgent agent) {
    loop.tell(
        () ->
            desk.heldTasks().stream()
                .filter(held -> held.agentId().equals(agent.agentId()))
                .forEach(courier::takeBack));
  }

  /** Who has a task, as far as is known. */
  Optional<Held> held(UUID taskId) {
    return desk.held(taskId);
  }

  /** What hinders it now. */
  public Optional<String> problem() {
    return loop.problem();
  }

  /** Whether tasks of silent agents are left with them. */
  public boolean frozen() {
    return frozen;
  }

  /** The targets with open tasks, once the dispatching thread has a moment. */
  public CompletableFuture<List<LaneView>> openLanes() {
    CompletableFuture<List<LaneView>> lanes = new CompletableFuture<>();
    loop.tell(() -> lanes.complete(desk.openLanes(clock.instant())));
    return lanes;
  }

  /** Tasks given to agents since the start. */
  public long assigned() {
    return assigned.sum();
  }

  /** Tasks taken from agents whose lease was over since the start. */
  public long reassigned() {
    return reassigned.sum();
  }

  @Override
  public void close() {
    loop.close();
  }

  private boolean work() {
    if (!leads.getAsBoolean()) {
      return false;
    }
    Instant now = clock.instant();
    observe(now);
    Optional<BrokerUnavailableException> hindrance = recall(now);
    takeOverdue(now);
    int ended = ender.work(now);
    boolean fed = false;
    for (CampaignDesk campaign : desk.campaigns()) {
      fed |= feeder.feed(campaign);
    }
    List<Grant> grants = desk.grants(fleet.taking(), now);
    grants.forEach(courier::take);
    assigned.add(grants.size());
    courier.deliver();
    if (hindrance.isPresent()) {
      throw hindrance.get();
    }
    return ended > 0 || (fed && !grants.isEmpty());
  }

  /** What a broker that is away hinders must not keep tasks from ending. */
  private Optional<BrokerUnavailableException> recall(Instant now) {
    try {
      recall.work(now);
      return Optional.empty();
    } catch (BrokerUnavailableException e) {
      return Optional.of(e);
    }
  }

  private void observe(Instant now) {
    List<AgentState> agents = fleet.all();
    freeze.observe(
        ids(agents, Presence.Status.LEAVING, false),
        ids(agents, Presence.Status.LEAVING, true),
        now);
    frozen = freeze.frozen(now);
  }

  private Set<String> ids(List<AgentState> agents, Presence.Status status, boolean of) {
    return agents.stream()
        .filter(agent -> (agent.status() == status) == of)
        .filter(agent -> of || fleet.alive(agent))
        .map(AgentState::agentId)
        .collect(Collectors.toSet());
  }

  private void takeOverdue(Instant now) {
    if (frozen) {
      return;
    }
    for (Held held : desk.overdue(now.minus(grace))) {
      if (courier.holds(held.task().taskId())) {
        continue;
      }
      LOG.info(
          "A lease ended without a report: task={} attempt={} agent={}",
          held.task().taskId(),
          held.attempt(),
          held.agentId());
      reassigned.increment();
      desk.giveBack(held, held.state());
    }
  }
}
