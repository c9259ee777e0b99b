package org.vidtomo.bench.compare;

import org.vidtomo.bench.compare.PanelMaker.Design;
import org.vidtomo.dashboard.compare.Comparison.Group;

/**
 * What becomes of an ISP's median when one of its agents measures as much as all others together.
 *
 * @param moved by how much of itself the median moves, beside the same agent measuring as the
 *     others
 */
record LoudAgent(double moved) {

  /**
   * Makes one ISP's panel twice.
   *
   * @param agents of the ISP
   * @param factor by which the agent is slower than the others
   */
  static LoudAgent of(int agents, double factor, long seed) {
    PanelMaker maker = PanelMaker.equal(1, agents, agents, Design.AT_RANDOM);
    double quiet = median(maker.withFirstAgent(factor, false).make(seed));
    double loud = median(maker.withFirstAgent(factor, true).make(seed));
    return new LoudAgent(Math.abs(loud / quiet - 1));
  }

  private static double median(Panel panel) {
    Group isp = panel.compared().groups().get(0);
    return isp.p50().orElseThrow();
  }
}
