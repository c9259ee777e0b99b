package org.vidtomo.dashboard.index;

import java.util.List;

/**
 * A host that served media, and to whom.
 *
 * @param failed of the measurements
 * @param providers in the order of their names
 */
public record CacheUse(
    String host, int measurements, int failed, int agents, List<String> providers) {
  public CacheUse {
    providers = List.copyOf(providers);
  }
}
