package org.vidtomo.agent.container;

/**
 * Makes one rising time of the time stamps of a stream, which wrap and jump. Streams that belong
 * together share a timeline: they jump together, one sees it first.
 */
final class MediaClock {
  private static final long LONGEST = 1L << 52;

  /** What streams that belong together have in common. */
  static final class Timeline {
    private final int bits;
    private final long unitsPerSecond;
    private final long mostForward;
    private boolean begun;
    private long reference;
    private long shift;

    /**
     * A timeline.
     *
     * @param bits of a time stamp, after which it wraps
     * @param unitsPerSecond its units
     * @param mostForward a larger step forward is a jump
     */
    Timeline(int bits, long unitsPerSecond, long mostForward) {
      this.bits = bits;
      this.unitsPerSecond = unitsPerSecond;
      this.mostForward = mostForward;
    }

    /** The time nearest to the one before that has this stamp. */
    private long unwrapped(long stamp) {
      int unused = 64 - bits;
      // A round above zero: a stamp from before a wrap may come second.
      reference =
          begun ? reference + ((stamp - reference) << unused >> unused) : stamp + (1L << bits);
      begun = true;
      return reference;
    }
  }

  private final Timeline timeline;
  private boolean begun;
  private long shift;
  private long last;
  private long step;

  MediaClock(Timeline timeline) {
    this.timeline = timeline;
  }

  /** The rising time of the next sample's stamp, in the stamp's units. */
  long next(long stamp) {
    long time = timeline.unwrapped(stamp);
    if (!begun || jumped(time + shift)) {
      shift = timeline.shift;
    }
    if (begun && jumped(time + shift)) {
      shift = last + step - time;
      timeline.shift = shift;
    }
    long shifted = Math.max(-LONGEST, Math.min(LONGEST, time + shift));
    step = begun && shifted > last ? shifted - last : step;
    last = begun ? Math.max(last, shifted) : shifted;
    begun = true;
    return shifted;
  }

  /** Time stamps of one stream go back by little only where they are badly written. */
  private boolean jumped(long time) {
    return time < last - timeline.unitsPerSecond || time > last + timeline.mostForward;
  }

  /** Units in microseconds. */
  long micros(long units) {
    return units / timeline.unitsPerSecond * 1_000_000
        + units % timeline.unitsPerSecond * 1_000_000 / timeline.unitsPerSecond;
  }
}
