package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.Steps;

/**
 * What one cycle of a campaign would take with the agents alive now, if each measurement used all
 * that it may, and each page linked to as many videos as are followed: most take less.
 *
 * @param videos the seeds, and what the rounds over related links may find
 * @param tasks measurements
 * @param bytesAtMost of all downloads
 * @param days until the slowest target is done; empty if nobody would measure
 * @param agents how many, by target: by ISP, by agent, or {@code any}
 * @param limitedBy what the days come from: {@code starts_per_minute}, {@code measurement_time} or
 *     {@code byte_budget}
 * @param why nobody would measure; empty if somebody would
 */
public record Estimate(
    long videos,
    long tasks,
    long bytesAtMost,
    Optional<Double> days,
    Map<String, Integer> agents,
    Optional<String> limitedBy,
    Optional<String> why) {
  /** Looking media up, following redirects and asking resolvers takes about so long. */
  static final Duration BEFORE_DOWNLOAD = Duration.ofSeconds(5);

  private static final Duration BETWEEN_PINGS = Duration.ofMillis(200);
  private static final double MINUTES_A_DAY = 1440;

  public Estimate {
    requireNonNull(days, "days");
    agents = Collections.unmodifiableMap(new TreeMap<>(agents));
    requireNonNull(limitedBy, "limitedBy");
    requireNonNull(why, "why");
  }

  /**
   * An agent that takes tasks.
   *
   * @param bytesLeft what its budget allows today, if it says so; taken for that of any day
   */
  public record Participant(String agentId, String provider, OptionalLong bytesLeft) {}

  private record Limit(String name, double days) {}

  /** The estimate for so many seeds. */
  public static Estimate of(CampaignOptions options, long seeds, List<Participant> fleet) {
    long videos = videos(options, seeds);
    Map<String, List<Participant>> byTarget = new TreeMap<>();
    for (Participant agent : fleet) {
      Targets.targetOf(options, agent.agentId(), agent.provider())
          .ifPresent(target -> byTarget.computeIfAbsent(target, t -> new ArrayList<>()).add(agent));
    }
    if (byTarget.isEmpty()) {
      return nobody(options, videos, fleet.isEmpty());
    }
    long each = Math.multiplyExact(videos, options.samples());
    long tasks = Math.multiplyExact(each, byTarget.size());
    Limit slowest =
        byTarget.values().stream()
            .map(agents -> slowest(options, each, agents))
            .reduce((a, b) -> a.days() >= b.days() ? a : b)
            .orElseThrow();
    Map<String, Integer> agents = new TreeMap<>();
    byTarget.forEach((target, some) -> agents.put(target, some.size()));
    return new Estimate(
        videos,
        tasks,
        Math.multiplyExact(tasks, bytesEach(options.parameters())),
        Optional.of(slowest.days()),
        agents,
        Optional.of(slowest.name()),
        Optional.empty());
  }

  /** The seeds, and for each video as many more as are taken of one, round by round. */
  private static long videos(CampaignOptions options, long seeds) {
    long most = Math.max(seeds, options.maxCrawledUrls());
    long videos = seeds;
    long ofRound = seeds;
    for (int round = 0; options.related() && round + 1 < options.maxRounds(); round++) {
      ofRound = Math.min(most, ofRound * Math.min(options.maxPerUrl(), most));
      if (ofRound == 0 || videos >= most) {
        break;
      }
      videos = Math.min(most, videos + ofRound);
    }
    return options.parameters().relatedPerPage() == 0 ? seeds : videos;
  }

  private static Estimate nobody(CampaignOptions options, long videos, boolean noAgents) {
    String why =
        noAgents
            ? "no agent is alive and takes tasks; the campaign would wait for one"
            : "no agent alive is of "
                + String.join(" or ", options.providerFilter())
                + "; the campaign would wait for one";
    return new Estimate(
        videos, 0, 0, Optional.empty(), Map.of(), Optional.empty(), Optional.of(why));
  }

  private static Limit slowest(CampaignOptions options, long tasks, List<Participant> agents) {
    double minutes = tasks / (double) agents.size();
    Limit starts =
        new Limit("starts_per_minute", minutes / options.startsPerMinute() / MINUTES_A_DAY);
    Limit time =
        new Limit(
            "measurement_time",
            minutes * measurement(options.parameters()).toMillis() / 60_000.0 / MINUTES_A_DAY);
    Limit longer = starts.days() >= time.days() ? starts : time;
    double budget = agents.stream().mapToDouble(a -> a.bytesLeft().orElse(Long.MAX_VALUE)).sum();
    double days = (double) tasks * bytesEach(options.parameters()) / Math.max(1, budget);
    // A day's budget is there at once: it hinders only what takes more than one.
    return days > 1 && days > longer.days() ? new Limit("byte_budget", days) : longer;
  }

  private static Duration measurement(MeasurementParameters parameters) {
    Duration pings = BETWEEN_PINGS.multipliedBy(parameters.pingPackets());
    return switch (parameters.steps()) {
      case LOCATE, TRACE -> BEFORE_DOWNLOAD;
      case ALL -> BEFORE_DOWNLOAD.plus(pings).plus(parameters.downloadTime());
    };
  }

  private static long bytesEach(MeasurementParameters parameters) {
    return parameters.steps() == Steps.ALL ? parameters.downloadBytes() : 0;
  }
}
