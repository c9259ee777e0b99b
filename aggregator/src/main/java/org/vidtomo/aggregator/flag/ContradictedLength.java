package org.vidtomo.aggregator.flag;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/**
 * A length that all others contradict who agree among themselves. Pages change what they play: only
 * what was measured within a day is held against each other.
 */
final class ContradictedLength implements FlagRule {
  private static final int MOST_VIDEOS = 20_000;
  private static final int MOST_AGENTS = 8;
  private static final int FEWEST_OTHERS = 3;
  private static final Duration TOGETHER = Duration.ofDays(1);
  private static final double SHARE = 0.02;
  private static final long LEAST_MICROS = 2_000_000;

  private final Map<String, Map<String, Said>> videos = BoundedMaps.byUse(MOST_VIDEOS);

  private record Said(long micros, Instant slot) {}

  @Override
  public FlagKind kind() {
    return FlagKind.CONTRADICTED_LENGTH;
  }

  @Override
  public Optional<String> objection(Measurement m) {
    if (m.outcome() != Outcome.OK || m.mediaDurationMicros().isEmpty()) {
      return Optional.empty();
    }
    Said said = new Said(m.mediaDurationMicros().getAsLong(), m.scheduledAt());
    synchronized (videos) {
      Map<String, Said> ofVideo =
          videos.computeIfAbsent(m.videoId(), video -> new LinkedHashMap<>());
      Optional<String> objection = objection(ofVideo, m.agentId(), said);
      ofVideo.remove(m.agentId());
      ofVideo.put(m.agentId(), said);
      if (ofVideo.size() > MOST_AGENTS) {
        ofVideo.remove(ofVideo.keySet().iterator().next());
      }
      return objection;
    }
  }

  private static Optional<String> objection(Map<String, Said> all, String agent, Said said) {
    long[] others =
        all.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(agent))
            .map(Map.Entry::getValue)
            .filter(
                other -> Duration.between(other.slot(), said.slot()).abs().compareTo(TOGETHER) <= 0)
            .mapToLong(Said::micros)
            .sorted()
            .toArray();
    if (others.length < FEWEST_OTHERS) {
      return Optional.empty();
    }
    long median = others[others.length / 2];
    boolean agree = !differ(others[0], median) && !differ(others[others.length - 1], median);
    return agree && differ(said.micros(), median)
        ? Optional.of(
            "media=%d µs others=%d µs agents=%d".formatted(said.micros(), median, others.length))
        : Optional.empty();
  }

  private static boolean differ(long micros, long median) {
    double apart = Math.abs((double) micros - median);
    return apart > SHARE * median && apart > LEAST_MICROS;
  }
}
