package org.vidtomo.core.metric;

/**
 * Mean opinion score of stalling: 3.50·e^(−(0.15·L+0.19)·N)+1.50 for N stalls of mean length L
 * seconds (Hoßfeld et al., "Quantification of YouTube QoE via crowdsourcing", 2011). It scores
 * stalls only: not startup delay, picture quality or switches.
 */
public final class StallingMos {
  private StallingMos() {}

  /**
   * The score, 1.5 to 5.
   *
   * @param stalls number of stalls
   * @param stalledMicros their total length
   */
  public static double of(int stalls, long stalledMicros) {
    double meanSeconds = stalls == 0 ? 0 : stalledMicros / 1e6 / stalls;
    return 3.50 * Math.exp(-(0.15 * meanSeconds + 0.19) * stalls) + 1.50;
  }
}
