package org.vidtomo.coordinator.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.coordinator.assign.AgentState;
import org.vidtomo.coordinator.assign.LaneView;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Presence;

/**
 * All that the rules look at.
 *
 * @param settled whether agents had the time to be heard of since the start
 * @param campaigns those that are running and not over
 * @param deadLetters that wait; empty when that is not known
 * @param hindrance what hinders giving out tasks altogether: the broker or the store
 * @param frozen whether tasks of silent agents are left with them
 */
record Situation(
    Instant now,
    boolean settled,
    List<RunningCampaign> campaigns,
    List<Member> agents,
    OptionalLong deadLetters,
    Optional<String> hindrance,
    boolean frozen) {
  Situation {
    requireNonNull(now, "now");
    campaigns = List.copyOf(campaigns);
    agents = List.copyOf(agents);
    requireNonNull(hindrance, "hindrance");
  }

  /**
   * A running campaign.
   *
   * @param planned whether a round of it has begun; before, it waits for agents
   * @param lastMoved when one of its tasks last began or ended, or the campaign itself did
   * @param lanes its targets with open tasks
   * @param trouble why a list of videos could not be read
   */
  record RunningCampaign(
      UUID id,
      CampaignOptions options,
      boolean planned,
      Instant lastMoved,
      List<LaneView> lanes,
      Optional<String> trouble) {
    RunningCampaign {
      requireNonNull(trouble, "trouble");
      lanes = List.copyOf(lanes);
    }

    /** Its name, else its id. */
    String title() {
      return options.name().orElseGet(id::toString);
    }
  }

  /** An enrolled agent. */
  record Member(AgentState state, boolean alive) {
    /** Alive, and not about to go. */
    boolean present() {
      return alive && state.status() != Presence.Status.LEAVING;
    }

    boolean paused() {
      return state.status() != Presence.Status.ACTIVE;
    }
  }
}
