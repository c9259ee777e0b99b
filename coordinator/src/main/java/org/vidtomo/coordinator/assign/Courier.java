package org.vidtomo.coordinator.assign;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.Desk.Grant;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.Publisher;
import org.vidtomo.messaging.UnroutableException;
import org.vidtomo.storage.CampaignStatus;

/**
 * Brings tasks to agents: the row first, then the message, so that no message is without its row.
 * What fails is tried again at the next call, until it succeeds or the lease is over. Confined to
 * the dispatching thread.
 */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);

  private final Desk desk;
  private final Fleet fleet;
  private final TaskMoves moves;
  private final Publisher publisher;
  private final Assignments assignments;
  private final Clock clock;
  private final Map<UUID, Parcel> pending = new LinkedHashMap<>();

  private static final class Parcel {
    private final Waiting waiting;
    private final Held held;
    private final String queue;
    private boolean written;
    private boolean uncertain;
    private boolean mayBeThere;

    Parcel(Waiting waiting, Held held, String queue, boolean written) {
      this.waiting = waiting;
      this.held = held;
      this.queue = queue;
      this.written = written;
      this.mayBeThere = written;
    }
  }

  Courier(
      Desk desk,
      Fleet fleet,
      TaskMoves moves,
      Publisher publisher,
      Assignments assignments,
      Clock clock) {
    this.desk = desk;
    this.fleet = fleet;
    this.moves = moves;
    this.publisher = publisher;
    this.assignments = assignments;
    this.clock = clock;
  }

  /** To be brought by the next {@link #deliver}. */
  void take(Grant grant) {
    pending.put(
        grant.held().task().taskId(),
        new Parcel(grant.waiting(), grant.held(), grant.agent().queue(), false));
  }

  /** The same message again, since its agent's queue was emptied or it may not have got there. */
  void takeAgain(Held held, String queue) {
    pending.put(held.task().taskId(), new Parcel(held.waiting(), held, queue, true));
  }

  /** Whether the message of a task is still to be brought. */
  boolean holds(UUID taskId) {
    return pending.containsKey(taskId);
  }

  /** Whether the message of a task is still to be brought, and is in no queue for certain. */
  boolean keeps(UUID taskId) {
    return holds(taskId) && !pending.get(taskId).mayBeThere;
  }

  /**
   * Tries all that is pending.
   *
   * @throws RuntimeException the first failure of the store or the broker, once all were tried
   */
  void deliver() {
    pending.values().removeIf(parcel -> !current(parcel));
    List<RuntimeException> failures = new ArrayList<>();
    write(failures);
    publish(failures);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** What is not written yet stays until the store has answered, so that its row is known. */
  private boolean current(Parcel parcel) {
    if (parcel.written && parcel.held.leaseUntil().isBefore(clock.instant())) {
      return false;
    }
    return desk.held(parcel.held.task().taskId())
        .filter(held -> held.attempt() == parcel.held.attempt())
        .isPresent();
  }

  private void write(List<RuntimeException> failures) {
    Map<Parcel, CompletableFuture<TaskState>> writes = new LinkedHashMap<>();
    for (Parcel parcel : pending.values()) {
      if (!parcel.written) {
        writes.put(parcel, moves.assign(parcel.waiting, parcel.held));
      }
    }
    writes.forEach(
        (parcel, write) -> {
          try {
            written(parcel, write.join());
          } catch (CompletionException e) {
            parcel.uncertain = true;
            failures.add(cause(e));
          }
        });
  }

  private void written(Parcel parcel, TaskState now) {
    Held held = parcel.held;
    if (now.ended()) {
      pending.remove(held.task().taskId());
      if (!parcel.uncertain) {
        desk.release(held.task().taskId());
      }
      // Else whoever ended it will tell, from which state, and the counts are put right then.
      return;
    }
    if (now != parcel.waiting.state()) {
      tell(held, parcel.waiting.state(), now);
    }
    if (now == TaskState.QUEUED) {
      parcel.written = true;
      return;
    }
    pending.remove(held.task().taskId());
    desk.release(held.task().taskId());
    desk.campaign(held.task().campaignId())
        .ifPresent(
            campaign ->
                campaign
                    .lane(held.task().target())
                    .giveBack(new Waiting(held.task(), parcel.waiting.attempts(), now)));
  }

  private void publish(List<RuntimeException> failures) {
    Map<Parcel, CompletableFuture<Void>> publishes = new LinkedHashMap<>();
    for (Parcel parcel : List.copyOf(pending.values())) {
      CampaignDesk campaign = desk.campaign(parcel.held.task().campaignId()).orElse(null);
      if (!parcel.written) {
        continue;
      }
      if (campaign == null || campaign.status() != CampaignStatus.RUNNING) {
        // What may be in its agent's queue waits for the recall, which empties that.
        if (!parcel.mayBeThere) {
          takeBack(parcel.held);
        }
      } else {
        parcel.mayBeThere = true;
        publishes.put(
            parcel,
            publisher.publish(
                assignments.message(parcel.held, campaign.options().parameters(), parcel.queue),
                PUBLISH_TIMEOUT));
      }
    }
    publishes.forEach((parcel, publish) -> await(parcel, publish, failures));
  }

  private void await(
      Parcel parcel, CompletableFuture<Void> publish, List<RuntimeException> failures) {
    try {
      publish.join();
      pending.remove(parcel.held.task().taskId());
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnroutableException) {
        LOG.warn("An agent's queue is gone, the agent is taken for gone: agent={}", agent(parcel));
        fleet.lost(parcel.held.agentId());
        takeBack(parcel.held);
      } else {
        failures.add(cause(e));
      }
    }
  }

  /** Takes a queued task from an agent whose message of it is known to be gone. */
  void takeBack(Held held) {
    TaskState state = held.state();
    pending.remove(held.task().taskId());
    try {
      state = moves.move(held.task(), held.state(), TaskState.PLANNED).join();
    } catch (CompletionException e) {
      LOG.debug("The row stays queued: task={}", held.task().taskId(), e);
    }
    if (state.ended()) {
      desk.release(held.task().taskId());
      return;
    }
    tell(held, held.state(), state);
    desk.giveBack(held, state);
  }

  private void tell(Held held, TaskState from, TaskState to) {
    desk.campaign(held.task().campaignId())
        .ifPresent(campaign -> campaign.tally().moved(held.task().target(), from, to));
  }

  private static String agent(Parcel parcel) {
    return parcel.held.agentId();
  }

  private static RuntimeException cause(CompletionException e) {
    return e.getCause() instanceof RuntimeException runtime ? runtime : e;
  }
}
