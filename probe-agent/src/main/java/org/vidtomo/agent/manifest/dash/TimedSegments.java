package org.vidtomo.agent.manifest.dash;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.manifest.SegmentIndex;

/**
 * Segments by arithmetic: runs of equal lengths in the units of a timescale. A run of a thousand
 * million segments costs no more than one of three.
 *
 * @param startMicros media time of the period's beginning
 * @param endMicros of the period's end; segments are cut there
 * @param offset what the segments' own times begin with (presentationTimeOffset)
 * @param firstNumber of the first segment
 * @param clock when a live server has segments
 */
record TimedSegments(
    List<Run> runs,
    long timescale,
    long startMicros,
    OptionalLong endMicros,
    long offset,
    long firstNumber,
    Optional<Clock> clock,
    Addresses addresses,
    Optional<Resource> init)
    implements SegmentIndex {
  private static final long MICROS = 1_000_000;

  /** Ten thousand years: sums of two stay far from overflowing. */
  private static final long MAX_MICROS = 4L * 100_000_000 * 1_000_000_000;

  /** So many segments of one length, one after another; {@code count} may be without end. */
  record Run(long time, long duration, long count) {
    static final long ENDLESS = Long.MAX_VALUE;
  }

  /**
   * When segments become available.
   *
   * @param zeroMicros Unix time of media time 0
   * @param earlyMicros how much before its end a segment is there (availabilityTimeOffset)
   */
  record Clock(long zeroMicros, long earlyMicros) {}

  /** Where a segment is; empty when there is no such segment. */
  @FunctionalInterface
  interface Addresses {
    Optional<Resource> of(long number, long time);
  }

  /**
   * An index.
   *
   * @throws ArithmeticException when its times are beyond counting
   */
  TimedSegments {
    runs = List.copyOf(runs);
    for (Run run : runs) {
      // Looking one up walks over those that begin in the same microsecond.
      if (run.duration() < timescale / MICROS) {
        throw new ArithmeticException("segments shorter than a microsecond");
      }
      long end =
          run.count() == Run.ENDLESS
              ? run.time()
              : Math.addExact(run.time(), Math.multiplyExact(run.count(), run.duration()));
      micros(run.time(), timescale, startMicros, offset);
      micros(end, timescale, startMicros, offset);
    }
  }

  @Override
  public Optional<MediaSegment> at(long positionMicros) {
    try {
      return found(positionMicros);
    } catch (ArithmeticException e) {
      // A run without end has an end where times are beyond counting.
      return Optional.empty();
    }
  }

  private Optional<MediaSegment> found(long positionMicros) {
    if (positionMicros >= endMicros.orElse(Long.MAX_VALUE)) {
      return Optional.empty();
    }
    long number = firstNumber;
    for (Run run : runs) {
      long k = indexAt(run, positionMicros);
      if (k < run.count()) {
        return segment(run, k, number + k);
      }
      number += run.count();
    }
    return Optional.empty();
  }

  /** The first of a run that goes on after a position; its count when none does. */
  private long indexAt(Run run, long positionMicros) {
    double length = (double) run.duration() * MICROS / timescale;
    double ahead = (positionMicros - micros(run.time())) / length;
    if (ahead >= run.count()) {
      return run.count();
    }
    long k = Math.max(0, (long) ahead - 1);
    while (k < run.count() && !continues(run, k, positionMicros)) {
      k++;
    }
    return k;
  }

  /** As {@link MediaSegment}'s: a quarter of a segment is tolerated. */
  private boolean continues(Run run, long k, long positionMicros) {
    long start = start(run, k);
    long end = Math.min(start(run, k + 1), endMicros.orElse(Long.MAX_VALUE));
    return end - positionMicros > (end - start) / 4;
  }

  private Optional<MediaSegment> segment(Run run, long k, long number) {
    long start = start(run, k);
    long whole = start(run, k + 1);
    long end = Math.min(whole, endMicros.orElse(Long.MAX_VALUE));
    if (end <= start) {
      return Optional.empty();
    }
    OptionalLong available =
        clock
            .map(c -> OptionalLong.of(c.zeroMicros() + whole - c.earlyMicros()))
            .orElse(OptionalLong.empty());
    return addresses
        .of(number, Math.addExact(run.time(), Math.multiplyExact(k, run.duration())))
        .map(resource -> new MediaSegment(resource, init, start, end - start, available));
  }

  private long start(Run run, long k) {
    return micros(Math.addExact(run.time(), Math.multiplyExact(k, run.duration())));
  }

  /** Media time of a time in the segments' own units, exact to the microsecond. */
  private long micros(long time) {
    return micros(time, timescale, startMicros, offset);
  }

  private static long micros(long time, long timescale, long startMicros, long offset) {
    long units = Math.subtractExact(time, offset);
    long whole = Math.multiplyExact(Math.floorDiv(units, timescale), MICROS);
    long rest = Math.floorMod(units, timescale) * MICROS / timescale;
    long micros = Math.addExact(Math.addExact(startMicros, whole), rest);
    if (Math.abs(micros) > MAX_MICROS) {
      throw new ArithmeticException("a media time of " + micros + " µs");
    }
    return micros;
  }

  @Override
  public long firstMicros() {
    return runs.isEmpty() ? startMicros : micros(runs.get(0).time());
  }

  @Override
  public long edgeMicros(long nowMicros) {
    if (runs.isEmpty()) {
      return startMicros;
    }
    Run last = runs.get(runs.size() - 1);
    long end = endMicros.orElse(Long.MAX_VALUE);
    if (last.count() != Run.ENDLESS) {
      end = Math.min(end, start(last, last.count()));
    }
    return clock.isEmpty()
        ? end
        : Math.min(end, nowMicros - clock.get().zeroMicros() + clock.get().earlyMicros());
  }

  @Override
  public long segmentMicros() {
    long longest = runs.stream().mapToLong(Run::duration).max().orElse(timescale);
    return Math.max(1, Math.round((double) longest * MICROS / timescale));
  }
}
