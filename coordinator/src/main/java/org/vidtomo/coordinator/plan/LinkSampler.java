package org.vidtomo.coordinator.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidtomo.core.trust.Sha256;

/**
 * Which related links of a video the next round visits: of those that its pages name first, a
 * random sample. A function of what the pages named: neither the order in which reports came nor a
 * crash changes it.
 *
 * <p>Each link is drawn a number from a hash of the seed, the cycle, the video and the link; those
 * with the lowest numbers are taken. So every link has the same chance, and the same seed takes the
 * same ones, whatever else is on the page. Not thread-safe.
 */
public final class LinkSampler {
  private final long seed;
  private final int cycle;
  private final int perPage;
  private final int perUrl;
  private final MessageDigest sha256 = Sha256.start();

  private record Drawn(SeedVideo video, int place, long number) {}

  /**
   * A sampler of one cycle.
   *
   * @param perPage so many links of each page are considered, the first ones
   * @param perUrl so many of those are taken of each video
   */
  public LinkSampler(long seed, int cycle, int perPage, int perUrl) {
    this.seed = seed;
    this.cycle = cycle;
    this.perPage = perPage;
    this.perUrl = perUrl;
  }

  /**
   * Samples the links of a video.
   *
   * @param videoId canonical
   * @param pages the links of each of its pages, in an order that does not depend on the reports'
   *     arrival: by sample, then by target
   * @return different videos, none of them this one, in the order of the pages
   */
  public List<SeedVideo> take(String videoId, List<List<String>> pages) {
    Map<String, Drawn> candidates = new LinkedHashMap<>();
    for (List<String> page : pages) {
      page.stream()
          .limit(perPage)
          .flatMap(link -> SeedVideo.of(link).stream())
          .filter(video -> !video.videoId().equals(videoId))
          .forEach(
              video ->
                  candidates.computeIfAbsent(
                      video.videoId(),
                      id -> new Drawn(video, candidates.size(), number(videoId, id))));
    }
    List<Drawn> taken = new ArrayList<>(candidates.values());
    if (taken.size() > perUrl) {
      taken.sort(Comparator.comparingLong(Drawn::number).thenComparingInt(Drawn::place));
      taken = taken.subList(0, perUrl);
      taken.sort(Comparator.comparingInt(Drawn::place));
    }
    return taken.stream().map(Drawn::video).toList();
  }

  private long number(String videoId, String linkId) {
    sha256.update(ByteBuffer.allocate(12).putLong(seed).putInt(cycle).array());
    byte[] from = videoId.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(4).putInt(from.length).array());
    sha256.update(from);
    return ByteBuffer.wrap(sha256.digest(linkId.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
