package org.vidtomo.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Comparison.Pair;

/**
 * Many panels of one kind, compared.
 *
 * @param seed of the first; the n-th has this + n
 */
record Simulation(PanelMaker maker, int panels, long seed) {
  private static final double SIGNIFICANT = 0.05;

  /** What one panel showed: shares from 0 to 1. */
  record Shown(
      boolean falseDifference,
      boolean falseRank,
      double pairsCovered,
      double middlesCovered,
      double found) {}

  /** All panels, on all cores; the same seed gives the same. */
  List<Shown> run() {
    return each(this::shown);
  }

  <T> List<T> each(Function<Panel, T> look) {
    return LongStream.range(0, panels)
        .parallel()
        .mapToObj(i -> look.apply(maker.make(seed + i)))
        .toList();
  }

  static double mean(List<Shown> all, ToDoubleFunction<Shown> of) {
    return all.stream().mapToDouble(of).average().orElseThrow();
  }

  private Shown shown(Panel panel) {
    Comparison comparison = panel.compared();
    List<Pair> ordinary =
        comparison.pairs().stream().filter(p -> maker.slower() == 1 || !isFirst(p)).toList();
    List<Group> ordinaryIsps =
        comparison.groups().stream()
            .filter(g -> maker.slower() == 1 || !g.key().equals(first()))
            .toList();
    return new Shown(
        ordinary.stream().anyMatch(Simulation::significant),
        ordinaryIsps.stream().anyMatch(g -> g.rank().orElse(1) != 1),
        share(ordinary, p -> covers(p.interval(), 0)),
        share(ordinaryIsps, g -> covers(g.interval(), panel.middle())),
        share(comparison.pairs().stream().filter(Simulation::isFirst).toList(), Simulation::found));
  }

  private static <T> double share(List<T> all, Predicate<T> of) {
    return (double) all.stream().filter(of).count() / all.size();
  }

  private static String first() {
    return "ISP 00";
  }

  private static boolean isFirst(Pair pair) {
    return pair.a().equals(first());
  }

  private static boolean significant(Pair pair) {
    return pair.adjustedP().orElse(1) <= SIGNIFICANT;
  }

  private static boolean found(Pair pair) {
    return significant(pair) && pair.difference().orElse(0) > 0;
  }

  private static boolean covers(Optional<Interval> interval, double truth) {
    return interval.filter(i -> i.low() <= truth && truth <= i.high()).isPresent();
  }
}
