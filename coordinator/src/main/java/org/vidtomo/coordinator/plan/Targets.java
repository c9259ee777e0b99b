package org.vidtomo.coordinator.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;

/**
 * From where each video of a round is measured. Chosen once, when the round's planning begins, and
 * kept with the plan: agents that come later join an existing target or wait for the next cycle.
 *
 * @param names sorted, without repetition
 * @param agentsOfSmallest how many agents the target with the fewest has; at least 1
 */
public record Targets(List<String> names, int agentsOfSmallest) {
  /** The only target of {@link Coverage#ANY}. */
  public static final String ANY = "any";

  public Targets {
    names = List.copyOf(new TreeSet<>(names));
    if (agentsOfSmallest < 1) {
      throw new IllegalArgumentException("agents must be >= 1, are " + agentsOfSmallest);
    }
  }

  /** Whether there is nobody to measure. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * The targets over the agents that are alive.
   *
   * @param providerByAgent provider by id of the agents alive
   */
  public static Targets of(CampaignOptions options, Map<String, String> providerByAgent) {
    Map<String, Integer> agentsByTarget = new TreeMap<>();
    providerByAgent.forEach(
        (agent, provider) ->
            targetOf(options, agent, provider)
                .ifPresent(target -> agentsByTarget.merge(target, 1, Integer::sum)));
    int fewest = agentsByTarget.values().stream().mapToInt(Integer::intValue).min().orElse(1);
    return new Targets(List.copyOf(agentsByTarget.keySet()), fewest);
  }

  /**
   * The target that an agent measures for.
   *
   * @return empty when the campaign does not want its provider
   */
  public static Optional<String> targetOf(CampaignOptions options, String agent, String provider) {
    return wanted(options, provider)
        ? Optional.of(target(options.coverage(), agent, provider))
        : Optional.empty();
  }

  private static boolean wanted(CampaignOptions options, String provider) {
    return options.providerFilter().isEmpty() || options.providerFilter().contains(provider);
  }

  private static String target(Coverage coverage, String agent, String provider) {
    return switch (coverage) {
      case PROVIDER -> provider;
      case AGENT -> agent;
      case ANY -> ANY;
    };
  }
}
