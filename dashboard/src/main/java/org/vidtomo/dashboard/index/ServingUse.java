package org.vidtomo.dashboard.index;

import java.util.List;
import java.util.Optional;
import org.vidtomo.dashboard.compare.CrossedCells;

/**
 * Which caches served whom.
 *
 * @param delays round-trip delays by group and cache, of the caches that are named here
 * @param leftOut what does not take part, and why
 */
public record ServingUse(List<Served> groups, CrossedCells delays, Optional<String> leftOut) {
  public ServingUse {
    groups = List.copyOf(groups);
  }

  /**
   * One group, such as an ISP.
   *
   * @param measurements that were served by a cache
   * @param caches those that served most of it first
   */
  public record Served(String key, int measurements, int agents, List<Part> caches) {
    public Served {
      caches = List.copyOf(caches);
    }
  }

  /**
   * What one cache served a group.
   *
   * @param share of the group's measurements, each agent weighing the same; 0 to 1
   */
  public record Part(
      String cache, Optional<String> asName, int measurements, int agents, double share) {}
}
