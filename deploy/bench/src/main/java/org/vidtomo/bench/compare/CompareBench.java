package org.vidtomo.bench.compare;

import static org.vidtomo.bench.Say.say;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.vidtomo.bench.compare.PanelMaker.Design;
import org.vidtomo.dashboard.compare.Metric;

/**
 * How often the comparison says what is not so, how often its intervals hold the truth, and what it
 * finds, in panels where the truth is known. {@link PanelMaker} says how they are made.
 */
public final class CompareBench {
  private static final int ISPS = 20;
  private static final double SLOWER = 1.2;
  private static final int WARM_UPS = 20;
  private static final int TIMED = 41;

  private final int panels;
  private final long seed;
  private boolean held = true;

  private CompareBench(int panels, long seed) {
    this.panels = panels;
    this.seed = seed;
  }

  /** {@code --panels N} (1,000) and {@code --seed N} (1); exits with 1 when a limit is missed. */
  public static void main(String[] args) {
    CompareBench bench =
        new CompareBench((int) option(args, "--panels", 1_000), option(args, "--seed", 1));
    bench.run();
    System.exit(bench.held ? 0 : 1);
  }

  private static long option(String[] args, String name, long fallback) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? fallback : Long.parseLong(args[at + 1]);
  }

  private void run() {
    say("%,d panels of %d ISPs each, seeds from %d", panels, ISPS, seed);
    for (Design design : Design.values()) {
      say("%n%s", name(design));
      equal("equal ISPs of 10 to 30 agents", PanelMaker.equal(ISPS, 10, 30, design));
      equal("equal ISPs of 10 agents", PanelMaker.equal(ISPS, 10, 10, design));
      equal("equal ISPs of 30 agents", PanelMaker.equal(ISPS, 30, 30, design));
      few("two equal ISPs of 10 agents", PanelMaker.equal(2, 10, 10, design));
      few("three equal ISPs of 10 agents", PanelMaker.equal(3, 10, 10, design));
      equal(
          "equal ISPs of 10 agents, failure ratio",
          PanelMaker.equal(ISPS, 10, 10, design).of(Metric.FAILURE_RATIO));
      slower(design);
    }
    loud();
    speed();
  }

  private void equal(String what, PanelMaker maker) {
    List<Simulation.Shown> shown = new Simulation(maker, panels, seed).run();
    say("  %s", what);
    double differences = Simulation.mean(shown, s -> s.falseDifference() ? 1 : 0);
    double ranks = Simulation.mean(shown, s -> s.falseRank() ? 1 : 0);
    atMost("panels with any false difference", differences, 0.05);
    atMost("panels with any rank but 1", ranks, 0.05);
    intervals(maker, shown);
  }

  /** So few pairs are no family. */
  private void few(String what, PanelMaker maker) {
    List<Simulation.Shown> shown = new Simulation(maker, panels, seed).run();
    say("  %s", what);
    intervals(maker, shown);
  }

  /**
   * Where every video-slot is measured once from each ISP, the video-slots add nothing to what an
   * ISP's middle errs by. Its interval does not know that.
   */
  private void intervals(PanelMaker maker, List<Simulation.Shown> shown) {
    double most = maker.design() == Design.ONE_OF_EACH_ISP ? 0.99 : 0.97;
    double pairs = Simulation.mean(shown, Simulation.Shown::pairsCovered);
    double middles = Simulation.mean(shown, Simulation.Shown::middlesCovered);
    between("intervals of a pair that hold 0", pairs, 0.97);
    between("intervals of an ISP that hold its middle", middles, most);
  }

  private void slower(Design design) {
    PanelMaker maker = PanelMaker.equal(ISPS, 20, 20, design).withSlower(SLOWER);
    List<Simulation.Shown> shown = new Simulation(maker, panels, seed).run();
    say("  one ISP of 20 agents slower by 20 %%");
    double found = Simulation.mean(shown, Simulation.Shown::found);
    line("found beside an ordinary ISP", found, "≥ 80 %", found >= 0.8);
  }

  private void loud() {
    say("%none agent of 20 with half of all rows, beside the same agent with as many as others");
    for (double factor : new double[] {1, 3}) {
      double[] moved =
          LongStream.range(seed, seed + panels)
              .parallel()
              .mapToDouble(s -> LoudAgent.of(20, factor, s).moved())
              .sorted()
              .toArray();
      atMost(
          "its ISP's median moves, it is %.0f × as slow, mean".formatted(factor),
          Arrays.stream(moved).average().orElse(0),
          0.05);
      atMost("the most that it moves in any panel", moved[moved.length - 1], 0.05);
    }
  }

  private void speed() {
    say("%nprocessor time of one comparison, 190 pairs, after %d", WARM_UPS);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (Design design : Design.values()) {
      Panel panel = PanelMaker.equal(ISPS, 30, 30, design).make(seed);
      double[] millis = new double[TIMED];
      for (int i = -WARM_UPS; i < TIMED; i++) {
        long begun = threads.getCurrentThreadCpuTime();
        panel.compared();
        if (i >= 0) {
          millis[i] = (threads.getCurrentThreadCpuTime() - begun) / 1e6;
        }
      }
      Arrays.sort(millis);
      say(
          "    %-60s %6.1f ms  of %,d cells",
          name(design), millis[TIMED / 2], panel.cells().size());
    }
  }

  private static String name(Design design) {
    return design.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void atMost(String what, double share, double limit) {
    line(what, share, "≤ %.0f %%".formatted(limit * 100), share <= limit);
  }

  private void between(String what, double share, double most) {
    line(what, share, "93–%.0f %%".formatted(most * 100), share >= 0.93 && share <= most);
  }

  private void line(String what, double share, String limit, boolean isHeld) {
    held &= isHeld;
    say("    %-60s %6.1f %%  limit %s  %s", what, share * 100, limit, isHeld ? "held" : "MISSED");
  }
}
