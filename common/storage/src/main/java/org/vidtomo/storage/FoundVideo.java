package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

/**
 * A video that a cycle visits.
 *
 * @param video its position is that among all videos of the cycle, from 0
 * @param foundOn what led to it: the canonical id of the video whose page linked it, the URL of a
 *     listing, or empty for a list's own
 */
public record FoundVideo(Seed video, String foundOn) {
  public FoundVideo {
    requireNonNull(video, "video");
    requireNonNull(foundOn, "foundOn");
  }
}
