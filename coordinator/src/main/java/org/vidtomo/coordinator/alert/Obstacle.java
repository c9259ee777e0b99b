package org.vidtomo.coordinator.alert;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.vidtomo.coordinator.alert.Situation.Member;
import org.vidtomo.coordinator.assign.LaneView;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Capabilities;

/** Why the agents of a campaign's targets take none of its tasks, as far as is known. */
final class Obstacle {
  private final CampaignOptions options;
  private final Situation situation;

  Obstacle(CampaignOptions options, Situation situation) {
    this.options = options;
    this.situation = situation;
  }

  /** Of a target with open tasks. */
  String of(LaneView lane) {
    List<Member> agents = agents(Optional.of(lane.target()));
    return "%s: %s".formatted(lane.target(), unusable(agents).orElseGet(() -> held(lane)));
  }

  /** Of a campaign that has no targets yet. */
  String beforePlanning() {
    return unusable(agents(Optional.empty()))
        .orElse("its first round has not begun; see the coordinator's log");
  }

  /** What all present agents of a target lack; empty if there are none, or one lacks nothing. */
  Optional<String> lacking(String target) {
    List<Member> present = agents(Optional.of(target)).stream().filter(Member::present).toList();
    boolean none =
        !present.isEmpty() && present.stream().allMatch(agent -> !missing(agent).isEmpty());
    return none ? Optional.of(words(present)) : Optional.empty();
  }

  private List<Member> agents(Optional<String> target) {
    return situation.agents().stream()
        .filter(
            agent ->
                Targets.targetOf(options, agent.state().agentId(), agent.state().provider())
                    .filter(of -> target.isEmpty() || target.get().equals(of))
                    .isPresent())
        .toList();
  }

  private Optional<String> unusable(List<Member> agents) {
    List<Member> present = agents.stream().filter(Member::present).toList();
    List<Member> capable = present.stream().filter(a -> missing(a).isEmpty()).toList();
    List<Member> active = capable.stream().filter(a -> !a.paused()).toList();
    if (agents.isEmpty()) {
      return Optional.of("no agent is enrolled");
    }
    if (present.isEmpty()) {
      return Optional.of("none of %d agent(s) is alive".formatted(agents.size()));
    }
    if (capable.isEmpty()) {
      return Optional.of(
          "%d agent(s) are alive, all lack %s".formatted(present.size(), words(present)));
    }
    if (active.isEmpty()) {
      return Optional.of("all %d agent(s) are paused".formatted(capable.size()));
    }
    return active.stream().noneMatch(this::affords)
        ? Optional.of("the byte budgets of all %d agent(s) are used up".formatted(active.size()))
        : Optional.empty();
  }

  private String held(LaneView lane) {
    if (lane.held() == 0) {
      return "its agents are free, yet get nothing; see the coordinator's log";
    }
    return "its agents hold %d task(s) and report none%s"
        .formatted(
            lane.held(),
            situation.frozen() ? "; reassignment is frozen since many agents vanished" : "");
  }

  private boolean affords(Member agent) {
    return agent.state().bytesLeft().orElse(Long.MAX_VALUE) >= options.parameters().downloadBytes();
  }

  private List<String> missing(Member agent) {
    return Capabilities.missing(options.parameters(), agent.state().capabilities());
  }

  private String words(List<Member> agents) {
    TreeSet<String> words = new TreeSet<>();
    agents.forEach(agent -> words.addAll(missing(agent)));
    return String.join(", ", words);
  }
}
