package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

/**
 * One video of a campaign's seed list.
 *
 * @param position its place in the list, from 0
 * @param videoId canonical, {@code service:id}
 */
public record Seed(long position, String url, String service, String videoId) {
  public Seed {
    requireNonNull(url, "url");
    requireNonNull(service, "service");
    requireNonNull(videoId, "videoId");
  }
}
