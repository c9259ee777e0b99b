package org.vidtomo.coordinator.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.vidtomo.coordinator.alert.Situation.Member;
import org.vidtomo.coordinator.alert.Situation.RunningCampaign;
import org.vidtomo.coordinator.assign.LaneView;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.messaging.Topology;

/** What is wrong in a situation: a pure function. */
final class AlertRules {
  private static final int TARGETS_NAMED = 3;

  private final Duration stalledAfter;

  /**
   * Rules.
   *
   * @param stalledAfter for so long nothing began or ended
   */
  AlertRules(Duration stalledAfter) {
    this.stalledAfter = stalledAfter;
  }

  /** Everything that is wrong. */
  List<Finding> findings(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (RunningCampaign campaign : situation.campaigns()) {
      stalled(campaign, situation, findings);
      incapable(campaign, situation, findings);
      unlisted(campaign).ifPresent(findings::add);
    }
    withoutAgent(situation, findings);
    situation.deadLetters().stream()
        .filter(count -> count > 0)
        .mapToObj(AlertRules::deadLetters)
        .forEach(findings::add);
    return findings;
  }

  private void stalled(RunningCampaign campaign, Situation situation, List<Finding> into) {
    List<LaneView> stuck =
        campaign.lanes().stream().filter(lane -> lane.due() || lane.held() > 0).toList();
    boolean waits = !campaign.planned() || !stuck.isEmpty();
    Duration silence = Duration.between(campaign.lastMoved(), situation.now());
    if (!waits || silence.compareTo(stalledAfter) < 0) {
      return;
    }
    String why =
        situation
            .hindrance()
            .orElseGet(
                () ->
                    campaign.planned()
                        ? ofTargets(campaign, stuck, situation)
                        : new Obstacle(campaign.options(), situation).beforePlanning());
    into.add(
        new Finding(
            AlertKind.CAMPAIGN_STALLED,
            campaign.id().toString(),
            Set.of(campaign.id()),
            "no task of campaign %s began or ended for %d min: %s"
                .formatted(campaign.title(), silence.toMinutes(), why)));
  }

  private static String ofTargets(
      RunningCampaign campaign, List<LaneView> stuck, Situation situation) {
    Obstacle obstacle = new Obstacle(campaign.options(), situation);
    List<String> reasons =
        new ArrayList<>(stuck.stream().limit(TARGETS_NAMED).map(obstacle::of).toList());
    if (stuck.size() > TARGETS_NAMED) {
      reasons.add("and %d more targets".formatted(stuck.size() - TARGETS_NAMED));
    }
    return String.join("; ", reasons);
  }

  private static void incapable(RunningCampaign campaign, Situation situation, List<Finding> into) {
    Obstacle obstacle = new Obstacle(campaign.options(), situation);
    Map<String, String> missing = new TreeMap<>();
    for (LaneView lane : campaign.lanes()) {
      obstacle.lacking(lane.target()).ifPresent(words -> missing.put(lane.target(), words));
    }
    if (!missing.isEmpty()) {
      Map.Entry<String, String> first = missing.entrySet().iterator().next();
      String more =
          missing.size() == 1 ? "" : " (and those of %d more)".formatted(missing.size() - 1);
      into.add(
          new Finding(
              AlertKind.CAPABILITY_MISSING,
              campaign.id().toString(),
              Set.of(campaign.id()),
              "campaign %s asks for what no agent of %s can: %s%s; update them or ask for less"
                  .formatted(campaign.title(), first.getKey(), first.getValue(), more)));
    }
  }

  private static Optional<Finding> unlisted(RunningCampaign campaign) {
    return campaign
        .trouble()
        .map(
            why ->
                new Finding(
                    AlertKind.LISTING_FAILED,
                    campaign.id().toString(),
                    Set.of(campaign.id()),
                    "campaign %s measures what its lists of videos named before, since one cannot be read: %s"
                        .formatted(campaign.title(), why)));
  }

  private static void withoutAgent(Situation situation, List<Finding> into) {
    if (!situation.settled()) {
      return;
    }
    Map<String, Set<UUID>> wanted = new TreeMap<>();
    situation.campaigns().stream()
        .filter(campaign -> campaign.options().coverage() == Coverage.PROVIDER)
        .forEach(
            campaign ->
                providers(campaign)
                    .forEach(
                        provider ->
                            wanted
                                .computeIfAbsent(provider, p -> new HashSet<>())
                                .add(campaign.id())));
    wanted.forEach(
        (provider, campaigns) -> {
          List<Member> members =
              situation.agents().stream()
                  .filter(agent -> agent.state().provider().equals(provider))
                  .toList();
          if (members.stream().noneMatch(Member::present)) {
            into.add(withoutAgent(provider, campaigns, members.size()));
          }
        });
  }

  private static Set<String> providers(RunningCampaign campaign) {
    Set<String> providers = new TreeSet<>(campaign.options().providerFilter());
    campaign.lanes().forEach(lane -> providers.add(lane.target()));
    return providers;
  }

  private static Finding withoutAgent(String provider, Set<UUID> campaigns, int enrolled) {
    return new Finding(
        AlertKind.PROVIDER_WITHOUT_AGENT,
        provider,
        campaigns,
        "%d running campaign(s) measure from %s, where %d agent(s) are enrolled and none is alive"
            .formatted(campaigns.size(), provider, enrolled));
  }

  private static Finding deadLetters(long count) {
    return new Finding(
        AlertKind.DEAD_LETTERS,
        Topology.DEAD,
        Set.of(),
        "%d message(s) could not be handled; each has its reason in %s"
            .formatted(count, Topology.REASON_HEADER));
  }
}
