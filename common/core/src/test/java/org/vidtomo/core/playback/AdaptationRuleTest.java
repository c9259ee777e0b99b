package org.vidtomo.core.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.PlayerRule;

class AdaptationRuleTest {
  private static final long S = 1_000_000;
  private static final Ladder LADDER =
      new Ladder(List.of(300_000L, 700_000L, 1_500_000L, 3_000_000L));

  private static PlayerView view(double bufferSeconds, int last, ThroughputEstimate throughput) {
    return new PlayerView(
        Math.round(bufferSeconds * S),
        2 * S,
        60 * S,
        OptionalLong.of(60 * S),
        OptionalInt.of(last),
        throughput);
  }

  /** Ten seconds of download at a rate. */
  private static ThroughputEstimate at(long bps) {
    ThroughputEstimate estimate = ThroughputEstimate.NONE;
    for (int i = 0; i < 10; i++) {
      estimate = estimate.with(bps / 8, S);
    }
    return estimate;
  }

  @Test
  void fixed_takesTheBestAndKeepsTheBufferBelowItsCap() {
    AdaptationRule fixed = AdaptationRule.of(PlayerRule.FIXED);
    assertThat(fixed.choose(LADDER, view(0, 0, ThroughputEstimate.NONE)))
        .isEqualTo(new AdaptationRule.Choice(3, 0));
    assertThat(fixed.choose(LADDER, view(28, 3, at(9_000_000))).waitMicros()).isZero();
    assertThat(fixed.choose(LADDER, view(29.5, 3, at(9_000_000))).waitMicros())
        .isEqualTo(1_500_000);
  }

  @Test
  void throughput_takesWhatNineTenthsOfItCarry() {
    AdaptationRule rule = AdaptationRule.of(PlayerRule.THROUGHPUT);
    assertThat(rule.choose(LADDER, view(10, 0, ThroughputEstimate.NONE)).index()).isZero();
    assertThat(rule.choose(LADDER, view(10, 0, at(1_660_000))).index()).isEqualTo(1);
    assertThat(rule.choose(LADDER, view(10, 0, at(1_670_000))).index()).isEqualTo(2);
    assertThat(rule.choose(LADDER, view(10, 3, at(100_000))).index()).isZero();
  }

  @Test
  void estimate_fallsFastAndRisesSlowly() {
    assertThat(at(2_000_000).bps()).hasValueCloseTo(2e6, within(1.0));
    ThroughputEstimate fallen = at(2_000_000).with(500_000 / 8 * 4, 4 * S);
    ThroughputEstimate risen = at(500_000).with(2_000_000 / 8 * 4, 4 * S);
    // Weights of 15 s and then 6 s: the fast average keeps a quarter, the slow about 0.6.
    double fast = Math.pow(0.5, 6 / 3.0);
    double whole = 1 - Math.pow(0.5, 21 / 3.0);
    double before = 1 - Math.pow(0.5, 15 / 3.0);
    assertThat(fallen.bps())
        .hasValueCloseTo((2e6 * before * fast + 5e5 * (1 - fast)) / whole, within(1.0));
    assertThat(risen.bps().orElseThrow()).isLessThan(1_250_000);
    assertThat(ThroughputEstimate.NONE.bps()).isEmpty();
  }

  /** By hand from the paper's formula: buffer of 15 segments, V = 14 ÷ (ln 10 + 5). */
  @Test
  void bola_choosesByTheBuffer() {
    AdaptationRule bola = AdaptationRule.of(PlayerRule.BOLA);
    double v = 14 / (Math.log(10) + 5);
    for (double buffer = 0; buffer < 28; buffer += 0.5) {
      double segments = buffer / 2;
      int best = 0;
      for (int m = 1; m < 4; m++) {
        if (score(v, m, segments) >= score(v, best, segments)) {
          best = m;
        }
      }
      assertThat(bola.choose(LADDER, view(buffer, 3, at(50_000_000))).index()).isEqualTo(best);
    }
    assertThat(bola.choose(LADDER, view(0, 3, at(50_000_000))).index()).isZero();
    assertThat(bola.choose(LADDER, view(27, 3, at(50_000_000))).index()).isEqualTo(3);
  }

  private static double score(double v, int m, double segments) {
    double bitrate = LADDER.bitratesBps().get(m);
    return (v * (Math.log(bitrate / 300_000) + 5) - segments) / bitrate;
  }

  @Test
  void bola_risesAtMostOneStepAboveWhatThroughputCarries() {
    AdaptationRule bola = AdaptationRule.of(PlayerRule.BOLA);
    assertThat(bola.choose(LADDER, view(27, 0, at(400_000))).index()).isEqualTo(1);
    assertThat(bola.choose(LADDER, view(27, 2, at(400_000))).index()).isEqualTo(2);
    assertThat(bola.choose(LADDER, view(27, 0, at(9_000_000))).index()).isEqualTo(3);
  }

  @Test
  void bola_waitsWhileTheBufferIsFull() {
    AdaptationRule bola = AdaptationRule.of(PlayerRule.BOLA);
    assertThat(bola.choose(LADDER, view(28, 3, at(9_000_000))).waitMicros()).isZero();
    assertThat(bola.choose(LADDER, view(30, 3, at(9_000_000))).waitMicros()).isEqualTo(2 * S);
  }

  @Test
  void bola_atTheBeginningHoldsLess() {
    PlayerView beginning =
        new PlayerView(
            4 * S, 2 * S, 4 * S, OptionalLong.empty(), OptionalInt.of(0), at(50_000_000));
    // Three segments are meant to be there, two are: V = 2 ÷ (ln 10 + 5).
    assertThat(AdaptationRule.of(PlayerRule.BOLA).choose(LADDER, beginning))
        .isEqualTo(new AdaptationRule.Choice(3, 0));
  }

  @Test
  void ladderOfOneWithoutBitrate_isPlayedByEveryRule() {
    Ladder one = new Ladder(List.of(0L));
    for (PlayerRule rule : PlayerRule.values()) {
      AdaptationRule.Choice choice =
          AdaptationRule.of(rule).choose(one, view(3, 0, ThroughputEstimate.NONE));
      assertThat(choice).isEqualTo(new AdaptationRule.Choice(0, 0));
    }
  }
}
