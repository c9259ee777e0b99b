package org.vidtomo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.bench.compare.PanelMaker.Design;
import org.vidtomo.bench.compare.Simulation.Shown;
import org.vidtomo.dashboard.compare.Comparison;

/**
 * A small part of {@code script/bench compare}, with fixed seeds: it says the same each time. The
 * limits leave room for so few panels.
 */
class SimulationTest {
  private static final int PANELS = 40;
  private static final long SEED = 1;

  @Test
  void equalIsps_seldomDiffer_andIntervalsHoldTheTruth() {
    for (Design design : Design.values()) {
      List<Shown> shown = new Simulation(PanelMaker.equal(8, 10, 10, design), PANELS, SEED).run();
      assertThat(Simulation.mean(shown, s -> s.falseDifference() ? 1 : 0))
          .as("%s: panels with a false difference", design)
          .isLessThanOrEqualTo(0.1);
      assertThat(Simulation.mean(shown, Shown::pairsCovered))
          .as("%s: pairs", design)
          .isBetween(0.92, 0.985);
      assertThat(Simulation.mean(shown, Shown::middlesCovered))
          .as("%s: medians", design)
          .isBetween(0.92, 0.985);
    }
  }

  @Test
  void anIspSlowerByAFifth_isFound() {
    PanelMaker maker = PanelMaker.equal(8, 20, 20, Design.ONE_OF_EACH_ISP).withSlower(1.2);
    List<Shown> shown = new Simulation(maker, PANELS / 2, SEED).run();
    assertThat(Simulation.mean(shown, Shown::found)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void aLoudAgent_hardlyMovesTheMedian() {
    for (long seed = SEED; seed < SEED + PANELS; seed++) {
      assertThat(LoudAgent.of(20, 3, seed).moved()).isLessThanOrEqualTo(0.05);
    }
  }

  @Test
  void theSameSeed_givesTheSameAnswer() {
    PanelMaker maker = PanelMaker.equal(3, 5, 10, Design.AT_RANDOM);
    Comparison once = maker.make(SEED).compared();
    assertThat(maker.make(SEED).compared()).isEqualTo(once);
  }
}
