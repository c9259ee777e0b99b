package org.vidtomo.agent.download;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.report.Segment;

/**
 * The requests of a segmented download.
 *
 * @param goodput over the time in which something was being fetched: pauses are the player's
 */
public record Segments(List<Segment> list, Goodput goodput) {
  /** Up to this resolution each segment stands for itself in a report. */
  private static final long EXACT_MICROS = 100_000;

  private static final long MICROS_PER_SEGMENT = 50_000_000;

  public Segments {
    list = List.copyOf(list);
    requireNonNull(goodput, "goodput");
  }

  /** The same with other URLs. */
  public Segments withUrls(UnaryOperator<String> change) {
    return new Segments(
        list.stream().map(s -> renamed(s, change.apply(s.url()))).toList(), goodput);
  }

  private static Segment renamed(Segment s, String url) {
    return new Segment(
        url,
        s.track(),
        s.representation(),
        s.mediaStartMicros(),
        s.mediaDurationMicros(),
        s.requestedAtMicros(),
        s.firstByteMicros(),
        s.lastByteMicros(),
        s.bytes(),
        s.status());
  }

  /**
   * Segments for a report that must shrink: neighbours of a representation are put together, so
   * that there are fewer the coarser it gets. What is played is then played from these.
   */
  List<Segment> atResolution(long resolutionMicros) {
    List<Segment> kept = list;
    if (resolutionMicros > EXACT_MICROS) {
      long most = Math.max(10, MICROS_PER_SEGMENT / resolutionMicros);
      for (int together = 2; kept.size() > most && together <= list.size(); together *= 2) {
        kept = merged(together);
      }
    }
    return kept;
  }

  private List<Segment> merged(int together) {
    List<Segment> out = new ArrayList<>();
    List<Segment> open = new ArrayList<>();
    for (String track : list.stream().map(s -> s.track().orElse("")).distinct().toList()) {
      for (Segment segment : list) {
        if (segment.mediaDurationMicros() <= 0 || !segment.track().orElse("").equals(track)) {
          continue;
        }
        if (!open.isEmpty() && (open.size() >= together || !follows(open, segment))) {
          out.add(one(open));
          open.clear();
        }
        open.add(segment);
      }
      if (!open.isEmpty()) {
        out.add(one(open));
        open.clear();
      }
    }
    return out;
  }

  private static boolean follows(List<Segment> open, Segment next) {
    Segment last = open.get(open.size() - 1);
    return last.representation().equals(next.representation())
        && last.mediaStartMicros() + last.mediaDurationMicros() == next.mediaStartMicros();
  }

  private static Segment one(List<Segment> parts) {
    Segment first = parts.get(0);
    Segment last = parts.get(parts.size() - 1);
    return new Segment(
        first.url(),
        first.track(),
        first.representation(),
        first.mediaStartMicros(),
        last.mediaStartMicros() + last.mediaDurationMicros() - first.mediaStartMicros(),
        first.requestedAtMicros(),
        first.firstByteMicros(),
        last.lastByteMicros(),
        parts.stream().mapToLong(Segment::bytes).sum(),
        last.status());
  }
}
