package org.vidtomo.coordinator.assign;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CampaignStatus;

/**
 * Takes back what agents have not begun of a paused or cancelled campaign: empties the queues of
 * the agents concerned and puts the other campaigns' messages there again. Confined to the
 * dispatching thread.
 */
final class Recall {
  private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

  private final Desk desk;
  private final Fleet fleet;
  private final Courier courier;
  private final Topology topology;
  private final Set<UUID> campaigns = new HashSet<>();

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
  void work() {
    for (UUID campaign : List.copyOf(campaigns)) {
      Set<String> agents =
          queued().stream()
              .filter(held -> held.task().campaignId().equals(campaign))
              .map(Held::agentId)
              .collect(Collectors.toCollection(TreeSet::new));
      agents.forEach(this::empty);
      campaigns.remove(campaign);
    }
  }

  private void empty(String agentId) {
    AgentState agent = fleet.find(agentId).orElse(null);
    if (agent == null) {
      return;
    }
    try {
      int messages = topology.purgeAgentQueue(agent.queue());
      LOG.info("An agent's queue is emptied: agent={} messages={}", agentId, messages);
    } catch (BrokerUnavailableException e) {
      throw e;
    } catch (MessagingException e) {
      LOG.warn("An agent's queue cannot be emptied, it is taken for gone: agent={}", agentId, e);
      fleet.lost(agentId);
    }
    for (Held held : queued()) {
      if (held.agentId().equals(agentId)) {
        again(held, agent);
      }
    }
  }

  private void again(Held held, AgentState agent) {
    boolean runs =
        desk.campaign(held.task().campaignId())
            .filter(campaign -> campaign.status() == CampaignStatus.RUNNING)
            .isPresent();
    if (runs) {
      courier.takeAgain(held, agent.queue());
    } else {
      courier.takeBack(held);
    }
  }

  /** With their agents, and not being measured as far as is known. */
  private List<Held> queued() {
    return desk.heldTasks().stream()
        .filter(held -> held.state() == TaskState.QUEUED)
        .filter(held -> !courier.holds(held.task().taskId()))
        .toList();
  }
}
