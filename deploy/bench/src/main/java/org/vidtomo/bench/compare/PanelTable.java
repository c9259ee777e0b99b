package org.vidtomo.bench.compare;

import java.util.Arrays;
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
  private int[] isp = new int[1024];
  private int[] agent = new int[1024];
  private int[] slot = new int[1024];
  private double[] value = new double[1024];
  private int size;

  PanelTable(int isps, int agents, int slots, int videos) {
    this.isps = isps;
    this.agents = agents;
    this.slots = slots;
    this.videos = videos;
  }

  void add(int ofIsp, int ofAgent, int ofSlot, double seconds) {
    if (size == value.length) {
      isp = Arrays.copyOf(isp, 2 * size);
      agent = Arrays.copyOf(agent, 2 * size);
      slot = Arrays.copyOf(slot, 2 * size);
      value = Arrays.copyOf(value, 2 * size);
    }
    isp[size] = ofIsp;
    agent[size] = ofAgent;
    slot[size] = ofSlot;
    value[size++] = seconds;
  }

  /** Startup delays; a failure is infinite. */
  CellTable delays() {
    return table(Arrays.copyOf(value, size));
  }

  /** 1 for each failure. */
  CellTable failures() {
    return table(failed());
  }

  private double[] failed() {
    return Arrays.stream(value, 0, size).map(v -> Double.isInfinite(v) ? 1 : 0).toArray();
  }

  private CellTable table(double[] values) {
    return new CellTable(
        IntStream.range(0, isps).mapToObj("ISP %02d"::formatted).toList(),
        Arrays.copyOf(isp, size),
        Arrays.copyOf(agent, size),
        Arrays.copyOf(slot, size),
        values,
        failed(),
        IntStream.range(0, agents).map(number -> number % PREFIXES).toArray(),
        IntStream.range(0, slots).map(number -> number % videos).toArray(),
        Integer::toString,
        counts(),
        Optional.empty());
  }

  private List<Counts> counts() {
    int[] ofIsp = new int[isps];
    boolean[][] measured = new boolean[isps][agents];
    boolean[][] seen = new boolean[isps][videos];
    for (int i = 0; i < size; i++) {
      ofIsp[isp[i]]++;
      measured[isp[i]][agent[i]] = true;
      seen[isp[i]][slot[i] % videos] = true;
    }
    return IntStream.range(0, isps)
        .mapToObj(
            number ->
                new Counts(
                    ofIsp[number],
                    count(measured[number]),
                    Math.min(PREFIXES, count(measured[number])),
                    count(seen[number])))
        .toList();
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }
}
