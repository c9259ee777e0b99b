package org.vidtomo.aggregator.derive;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Segment;

/**
 * What a download's own arrivals say of its rate. They stand above the single number that the agent
 * gives beside them.
 *
 * @param contradiction what the two disagree about
 */
record DownloadFacts(OptionalLong goodputBps, Optional<String> contradiction) {
  private static final DownloadFacts NOTHING =
      new DownloadFacts(OptionalLong.empty(), Optional.empty());

  /** Beyond these no download comes, and sums run over: 30 years, and a petabyte. */
  private static final double MOST_MICROS = 1e15;

  private static final double MOST_BYTES = 1e15;

  /** What manifests take is in the agent's number and in no segment. */
  private static final double MARGIN = 1.1;

  private static final long EXACT_MICROS = 100_000;

  /** Reports with so few arrivals are not large. */
  private static final int FEW = 10;

  /** Short segments come faster than half a second shows. */
  private static final double AT_ONCE = 10;

  static DownloadFacts of(Optional<Download> download) {
    return download.filter(d -> d.bytes() > 0).map(DownloadFacts::of).orElse(NOTHING);
  }

  private static DownloadFacts of(Download download) {
    OptionalLong said = AgentsWord.count(OptionalLong.of(download.goodputBps()));
    if (said.isEmpty() || download.arrivals().isEmpty()) {
      return new DownloadFacts(said, Optional.empty());
    }
    double micros = 0;
    double bytes = 0;
    for (Arrival arrival : download.arrivals()) {
      micros += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
    }
    micros = Math.max(micros, download.durationMicros());
    if (micros > MOST_MICROS || bytes > MOST_BYTES) {
      return new DownloadFacts(OptionalLong.empty(), Optional.of("arrivals run over"));
    }
    if (Agreement.differ(download.bytes(), bytes)) {
      return new DownloadFacts(
          rate(bytes, micros), contradiction("bytes", download.bytes(), bytes));
    }
    return download.segments().isPresent()
        ? ofSegments(download, said.getAsLong(), bytes, micros)
        : ofArrivals(download, said.getAsLong(), (long) micros);
  }

  private static DownloadFacts ofArrivals(Download download, long said, long micros) {
    long seen = Goodput.of(download.arrivals(), micros).goodputBps();
    return new DownloadFacts(
        OptionalLong.of(seen),
        Agreement.differ(said, seen) ? contradiction("goodput", said, seen) : Optional.empty());
  }

  /**
   * Players pause, and the rate is over the time in which something was being fetched: at least all
   * bytes over all time, at most all bytes over the time that segments took.
   */
  private static DownloadFacts ofSegments(
      Download download, long said, double bytes, double micros) {
    long least = rate(bytes, micros).orElse(0);
    double most = most(download, bytes, (long) micros);
    if (said < least && Agreement.differ(said, least)) {
      return new DownloadFacts(OptionalLong.of(least), contradiction("goodput", said, least));
    }
    if (said > most * MARGIN) {
      return new DownloadFacts(
          OptionalLong.of(Math.round(most)), contradiction("goodput", said, most));
    }
    return new DownloadFacts(OptionalLong.of(said), Optional.empty());
  }

  private static double most(Download download, double bytes, long micros) {
    if (!isExact(download.arrivals())) {
      return AT_ONCE * Goodput.of(download.arrivals(), micros).maxInstantBps();
    }
    double busy = busyMicros(download.segments().orElse(List.of()));
    return busy <= 0 ? Double.MAX_VALUE : bytes * 8e6 / busy;
  }

  /**
   * Whether each segment stands for itself. Agents put segments of large reports together, with the
   * pauses between them, and arrivals too: then no three are within a tenth of a second.
   */
  private static boolean isExact(List<Arrival> arrivals) {
    for (int i = 1; i < arrivals.size(); i++) {
      if (arrivals.get(i - 1).deltaMicros() + arrivals.get(i).deltaMicros() <= EXACT_MICROS) {
        return true;
      }
    }
    return arrivals.size() < FEW;
  }

  /** The time in which at least one segment was being fetched. */
  private static double busyMicros(List<Segment> segments) {
    double busy = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (Segment segment : inOrder(segments)) {
      double from = Math.max(segment.requestedAtMicros(), until);
      busy += Math.max(0, segment.lastByteMicros() - from);
      until = Math.max(until, segment.lastByteMicros());
    }
    return busy;
  }

  private static List<Segment> inOrder(List<Segment> segments) {
    return segments.stream().sorted(Comparator.comparingLong(Segment::requestedAtMicros)).toList();
  }

  private static OptionalLong rate(double bytes, double micros) {
    return micros <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(bytes * 8e6 / micros));
  }

  private static Optional<String> contradiction(String what, double said, double seen) {
    return Optional.of(String.format(Locale.ROOT, "%s said=%.0f seen=%.0f", what, said, seen));
  }
}
