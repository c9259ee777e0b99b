package org.vidtomo.aggregator.flag;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/**
 * A length that agents of all other networks contradict, who agree among themselves. Pages change
 * what they play: only what was measured within a day is held against each other.
 */
final class ContradictedLength implements FlagRule {
  private static final int MOST_VIDEOS = 10_000;
  private static final int MOST_NETWORKS = 12;
  private static final int FEWEST_OTHERS = 5;
  private static final Duration TOGETHER = Duration.ofDays(1);
  private static final double SHARE = 0.02;
  private static final long LEAST_MICROS = 2_000_000;

  private final Map<String, Map<String, Said>> videos = BoundedMaps.byUse(MOST_VIDEOS);

  /** What an agent said last of all in its network. */
  private record Said(String agent, long micros, Instant slot) {}

  @Override
  public FlagKind kind() {
    return FlagKind.CONTRADICTED_LENGTH;
  }

  @Override
  public Optional<String> objection(Measurement m) {
    if (m.outcome() != Outcome.OK || m.mediaDurationMicros().isEmpty()) {
      return Optional.empty();
    }
    Said said = new Said(m.agentId(), m.mediaDurationMicros().getAsLong(), m.scheduledAt());
    synchronized (videos) {
      Map<String, Said> ofVideo =
          videos.computeIfAbsent(m.service() + " " + m.videoId(), video -> new LinkedHashMap<>());
      Optional<String> objection = objection(ofVideo.values(), said);
      String network = Witness.of(m);
      ofVideo.remove(network);
      ofVideo.put(network, said);
      if (ofVideo.size() > MOST_NETWORKS) {
        ofVideo.remove(ofVideo.keySet().iterator().next());
      }
      return objection;
    }
  }

  private static Optional<String> objection(Collection<Said> all, Said said) {
    long[] others =
        all.stream()
            .filter(other -> !other.agent().equals(said.agent()))
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
            "media=%d µs others=%d µs networks=%d".formatted(said.micros(), median, others.length))
        : Optional.empty();
  }

  private static boolean differ(long micros, long median) {
    double apart = Math.abs((double) micros - median);
    return apart > SHARE * median && apart > LEAST_MICROS;
  }
}
