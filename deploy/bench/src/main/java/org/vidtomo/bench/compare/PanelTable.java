package org.vidtomo.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/** Collects the cells of a simulated panel, in the order of ISPs and agents. */
final class PanelTable {
  private static final int PREFIXES = 5;

  private final int isps;
  private final int agents;
  private final int slots;
  private final int videos;
  private final List<double[]> cells = new ArrayList<>();

  PanelTable(int isps, int agents, int slots, int videos) {
    this.isps = isps;
    this.agents = agents;
    this.slots = slots;
    this.videos = videos;
  }

  void add(int isp, int agent, int slot, double value) {
    cells.add(new double[] {isp, agent, slot, value});
  }

  CellTable build() {
    return new CellTable(
        IntStream.range(0, isps).mapToObj("ISP %02d"::formatted).toList(),
        column(0),
        column(1),
        column(2),
        cells.stream().mapToDouble(c -> c[3]).toArray(),
        cells.stream().mapToDouble(c -> Double.isInfinite(c[3]) ? 1 : 0).toArray(),
        IntStream.range(0, agents).map(agent -> agent % PREFIXES).toArray(),
        IntStream.range(0, slots).map(slot -> slot % videos).toArray(),
        counts(),
        Optional.empty());
  }

  private int[] column(int number) {
    return cells.stream().mapToInt(c -> (int) c[number]).toArray();
  }

  private List<Counts> counts() {
    int[] ofIsp = new int[isps];
    boolean[][] measured = new boolean[isps][agents];
    boolean[][] seen = new boolean[isps][videos];
    for (double[] cell : cells) {
      int isp = (int) cell[0];
      ofIsp[isp]++;
      measured[isp][(int) cell[1]] = true;
      seen[isp][(int) cell[2] % videos] = true;
    }
    return IntStream.range(0, isps)
        .mapToObj(
            isp ->
                new Counts(
                    ofIsp[isp],
                    count(measured[isp]),
                    Math.min(PREFIXES, count(measured[isp])),
                    count(seen[isp])))
        .toList();
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }
}
