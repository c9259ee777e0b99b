package org.vidtomo.agent.container;

import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * The samples of one track in the order in which they are stored and decoded. Media lasts from a
 * sample until the next one in decoding order begins; presented, it is later by as much as the
 * track's first picture is.
 *
 * <p>Where the container gives presentation times only, decoding times are those sorted: a decoder
 * takes in one picture for each that it gives out.
 */
final class TrackSamples {
  /** No codec keeps back more pictures than 16 (ITU-T H.264 A.3.1, H.265 A.4.2). */
  static final int PICTURES_KEPT_BACK = 16;

  /** Among so many samples is the one that is shown first. */
  static final int FIRST_SAMPLES = 2 * PICTURES_KEPT_BACK;

  private static final long LONGEST_MICROS = Long.MAX_VALUE / 8;

  private final int keptBack;
  private final PriorityQueue<Long> times = new PriorityQueue<>();
  private final ArrayDeque<Long> ends = new ArrayDeque<>();
  private StepList steps = new StepList();
  private long count;
  private long startMicros = Long.MAX_VALUE;
  private long shownMicros;
  private long firstDecode;
  private long lastDecode;
  private long timed;
  private long deltaMicros;
  private long lastDurationMicros;

  /**
   * A track without samples.
   *
   * @param keptBack samples whose times may come out of order, 0 for times in decoding order
   */
  TrackSamples(int keptBack) {
    this.keptBack = keptBack;
  }

  /**
   * The next sample.
   *
   * @param endBytes where in the file the sample ends
   * @param decodeMicros when it is decoded; any origin
   * @param presentationMicros when it is shown; the same origin
   */
  void add(long endBytes, long decodeMicros, long presentationMicros) {
    if (count++ < FIRST_SAMPLES) {
      startMicros = Math.min(startMicros, bounded(presentationMicros));
    }
    shownMicros = Math.max(shownMicros, bounded(presentationMicros));
    lastDurationMicros = 0;
    times.add(bounded(decodeMicros));
    ends.add(endBytes);
    if (times.size() > keptBack) {
      timed(times.remove());
    }
  }

  private static long bounded(long micros) {
    return Math.max(-LONGEST_MICROS, Math.min(LONGEST_MICROS, micros));
  }

  /** The sample added last ends further on. */
  void extendTo(long endBytes) {
    if (!ends.isEmpty()) {
      ends.removeLast();
      ends.add(endBytes);
    }
  }

  /** The sample added last lasts so long; it is asked only of the last of all. */
  void duration(long micros) {
    lastDurationMicros = Math.max(0, Math.min(LONGEST_MICROS, micros));
  }

  /** A sample of further ones in one, as laces are: they count, and have no times of their own. */
  void more(long samples) {
    count += samples;
  }

  /** The next time in decoding order: the sample before it lasts until then. */
  private void timed(long decodeMicros) {
    if (timed++ == 0) {
      firstDecode = decodeMicros;
    } else {
      if (decodeMicros > lastDecode) {
        deltaMicros = decodeMicros - lastDecode;
      }
      steps.add(ends.remove(), Math.max(0, decodeMicros - firstDecode));
    }
    lastDecode = Math.max(timed == 1 ? decodeMicros : lastDecode, decodeMicros);
  }

  /** When the sample that is shown last ends; 0 without samples. */
  long endMicros() {
    return count == 0 ? 0 : shownMicros + Math.max(lastDurationMicros, deltaMicros);
  }

  /** Samples so far. */
  long count() {
    return count;
  }

  /** Samples a second over all samples so far; empty for fewer than two. */
  OptionalDouble rate() {
    TrackSamples all = flushed();
    long micros = all.lastDecode - all.firstDecode;
    return count < 2 || micros <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.round((count - 1) * 1e9 / micros) / 1000.0);
  }

  /**
   * The track as far as it is known.
   *
   * @param whole no more samples will come
   * @param open the sample added last is not all there
   */
  Timelines.Track track(boolean whole, boolean open) {
    TrackSamples all = flushed();
    long last = all.lastDecode - all.firstDecode;
    long end = last + (lastDurationMicros > 0 ? lastDurationMicros : all.deltaMicros);
    if (!open && !all.ends.isEmpty()) {
      all.steps.add(all.ends.remove(), end);
    }
    return count == 0
        ? new Timelines.Track(
            all.steps, Timelines.Track.NOT_BEGUN, Timelines.Track.NOT_BEGUN, whole)
        : new Timelines.Track(all.steps, startMicros, startMicros + end, whole);
  }

  /** A copy in which all times are in order, the last sample still without an end. */
  private TrackSamples flushed() {
    TrackSamples copy = new TrackSamples(keptBack);
    copy.steps = steps.copy();
    copy.times.addAll(times);
    copy.ends.addAll(ends);
    copy.timed = timed;
    copy.firstDecode = firstDecode;
    copy.lastDecode = lastDecode;
    copy.deltaMicros = deltaMicros;
    while (!copy.times.isEmpty()) {
      copy.timed(copy.times.remove());
    }
    return copy;
  }
}
