package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CampaignStatus;

/**
 * Takes back what agents have not begun of a paused or cancelled campaign, and all that an agent
 * has not begun when it pauses or leaves: empties the queues of the agents concerned and puts there
 * again what is to stay. Confined to the dispatching thread.
 */
final class Recall {
  private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

  /** An agent that is told to end is gone by then, and has given back what it could not finish. */
  private static final Duration LAST_MEASUREMENT = Duration.ofSeconds(10);

  private final Desk desk;
  private final Fleet fleet;
  private final Courier courier;
  private final Topology topology;
  private final Set<UUID> campaigns = new HashSet<>();

  /** Agents whose queues were emptied while they may have had a message of them in hand. */
  private final Set<String> givingBack = new HashSet<>();

  Recall(Desk desk, Fleet fleet, Courier courier, Topology topology) {
    this.desk = desk;
    this.fleet = fleet;
    this.courier = courier;
    this.topology = topology;
  }

  /** The campaign's status changed. */
  void changed(CampaignDesk campaign) {
    if (campaign.status() == CampaignStatus.PAUSED
        || campaign.status() == CampaignStatus.CANCELLED) {
      campaigns.add(campaign.id());
    } else {
      campaigns.remove(campaign.id());
    }
  }

  /**
   * Takes back what is to be taken back.
   *
   * @throws BrokerUnavailableException if the broker cannot be reached; to be called again
   */
  void work(Instant now) {
    for (UUID campaign : List.copyOf(campaigns)) {
      queued().stream()
          .filter(held -> held.task().campaignId().equals(campaign))
          .map(Held::agentId)
          .distinct()
          .forEach(agent -> fleet.find(agent).ifPresent(this::empty));
      campaigns.remove(campaign);
    }
    givingBack.removeIf(agent -> fleet.find(agent).filter(Recall::takesNothing).isEmpty());
    fleet.all().stream()
        .filter(Recall::takesNothing)
        .filter(agent -> desk.outstanding(agent.agentId()) > 0 || givesBack(agent))
        .forEach(agent -> dismiss(agent, now));
  }

  private static boolean takesNothing(AgentState agent) {
    return agent.status() != Presence.Status.ACTIVE;
  }

  private boolean givesBack(AgentState agent) {
    return agent.status() == Presence.Status.LEAVING && givingBack.contains(agent.agentId());
  }

  private void dismiss(AgentState agent, Instant now) {
    if (queued().stream().anyMatch(held -> held.agentId().equals(agent.agentId()))) {
      empty(agent);
      givingBack.add(agent.agentId());
    }
    boolean gone =
        agent.status() == Presence.Status.LEAVING
            && agent.lastHeard().filter(at -> at.plus(LAST_MEASUREMENT).isBefore(now)).isPresent();
    if (gone) {
      takeBackRest(agent);
    }
  }

  private void empty(AgentState agent) {
    try {
      int messages = topology.purgeAgentQueue(agent.queue());
      LOG.info("An agent's queue is emptied: agent={} messages={}", agent.agentId(), messages);
    } catch (BrokerUnavailableException e) {
      throw e;
    } catch (MessagingException e) {
      LOG.warn(
          "An agent's queue cannot be emptied, it is taken for gone: agent={}", agent.agentId(), e);
      fleet.lost(agent.agentId());
    }
    for (Held held : queued()) {
      if (held.agentId().equals(agent.agentId())) {
        again(held, agent);
      }
    }
  }

  private void again(Held held, AgentState agent) {
    boolean stays =
        agent.status() == Presence.Status.ACTIVE
            && desk.campaign(held.task().campaignId())
                .filter(campaign -> campaign.status() == CampaignStatus.RUNNING)
                .isPresent();
    if (stays) {
      courier.takeAgain(held, agent.queue());
    } else {
      courier.takeBack(held);
    }
  }

  /**
   * What it had in hand is in its queue again, also what it had not said to have begun; a report
   * that still comes counts as ever.
   */
  private void takeBackRest(AgentState agent) {
    List<Held> left =
        desk.heldTasks().stream()
            .filter(held -> held.agentId().equals(agent.agentId()))
            .filter(held -> held.state() == TaskState.RUNNING)
            .toList();
    if (!left.isEmpty() || givesBack(agent)) {
      empty(agent);
      givingBack.remove(agent.agentId());
    }
    if (!left.isEmpty()) {
      LOG.info("An agent left while it measured: agent={}", agent.agentId());
      left.forEach(courier::takeBack);
    }
  }

  /** With their agents, and not being measured as far as is known. */
  private List<Held> queued() {
    return desk.heldTasks().stream()
        .filter(held -> held.state() == TaskState.QUEUED)
        .filter(held -> !courier.keeps(held.task().taskId()))
        .toList();
  }
}
