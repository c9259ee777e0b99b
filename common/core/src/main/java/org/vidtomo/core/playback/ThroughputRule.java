package org.vidtomo.core.playback;

/**
 * The best representation that needs no more than {@value #SAFETY_FACTOR} of the throughput seen so
 * far, the worst before anything was seen. The rule and its factor are dash.js's ({@code
 * ThroughputRule}, {@code abr.throughput.bandwidthSafetyFactor}).
 */
public record ThroughputRule() implements AdaptationRule {
  static final double SAFETY_FACTOR = 0.9;

  @Override
  public Choice choose(Ladder ladder, PlayerView view) {
    double bps = view.throughput().bps().orElse(0) * SAFETY_FACTOR;
    return new Choice(ladder.bestWithin(bps), AdaptationRule.untilRoom(view));
  }
}
