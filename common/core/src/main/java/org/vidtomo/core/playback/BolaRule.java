package org.vidtomo.core.playback;

/**
 * BOLA: chooses by the buffer, and by throughput only to hold back a rise. It is BOLA-FINITE with
 * the BOLA-U rule against oscillations of Spiteri, Urgaonkar, Sitaraman: "BOLA: Near-Optimal
 * Bitrate Adaptation for Online Videos", IEEE INFOCOM 2016, algorithm 1, with the paper's utility
 * ln(S_m/S_min) and γp = {@value #GAMMA_P}; Q_max is the buffer's cap. Here index 0 is the worst
 * representation, in the paper the best.
 */
public record BolaRule() implements AdaptationRule {
  static final double GAMMA_P = 5;

  /** The dynamic buffer is never taken for shorter than so many segments. */
  private static final int MIN_SEGMENTS = 3;

  @Override
  public Choice choose(Ladder ladder, PlayerView view) {
    double segments = (double) view.bufferMicros() / view.segmentMicros();
    double most = dynamicBuffer(view);
    int best = best(ladder, segments, most);
    int last = view.last().orElse(0);
    int index = best > last ? heldBack(ladder, view, best, last) : best;
    long wait = Math.round(Math.max(0, segments - most + 1) * view.segmentMicros());
    return new Choice(index, wait);
  }

  /** Q^D_max: how many segments the buffer is meant to hold, fewer near beginning and end. */
  private static double dynamicBuffer(PlayerView view) {
    double toEnd = view.remainingMicros().orElse(Long.MAX_VALUE);
    double nearest = Math.min(view.positionMicros(), toEnd) / view.segmentMicros();
    double time = Math.max(nearest / 2, MIN_SEGMENTS);
    double cap = (double) BUFFER_CAP_MICROS / view.segmentMicros();
    // V needs more than one segment; a single one longer than the cap is still fetched.
    return Math.max(2, Math.min(cap, time));
  }

  /** The m that maximizes (V·υ_m + V·γp − Q) ÷ S_m. */
  private static int best(Ladder ladder, double segments, double most) {
    double v = (most - 1) / (utility(ladder, ladder.top()) + GAMMA_P);
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int m = 0; m <= ladder.top(); m++) {
      double score = (v * (utility(ladder, m) + GAMMA_P) - segments) / bitrate(ladder, m);
      if (score >= bestScore) {
        best = m;
        bestScore = score;
      }
    }
    return best;
  }

  /**
   * BOLA-U: a rise goes at most one step above what the throughput carries. The paper takes that of
   * the last segment; the estimate over several is steadier where segments are small.
   */
  private static int heldBack(Ladder ladder, PlayerView view, int best, int last) {
    int carried = ladder.bestWithin(view.throughput().bps().orElse(0));
    if (carried >= best) {
      return best;
    }
    return carried < last ? last : carried + 1;
  }

  private static double utility(Ladder ladder, int m) {
    return Math.log(bitrate(ladder, m) / bitrate(ladder, 0));
  }

  private static double bitrate(Ladder ladder, int m) {
    return Math.max(1, ladder.bitratesBps().get(m));
  }
}
