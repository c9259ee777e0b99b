package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds which groups are shown where there are more than a view can hold: those with the most
 * agents, then those with the most rows, then those whose keys come first. One use; not
 * thread-safe.
 */
final class ShownGroups implements Rows.Visitor {
  private static final int INITIAL = 1_024;

  private final Names names;
  private final Grouping grouping;
  private final int[] rowsOf;

  /** A group and an agent each, as often as they alternate. */
  private long[] met = new long[INITIAL];

  private int size;

  // The hour at hand.
  private int hourOfDay;
  private int[] lines;
  private int[] caches;
  private Answers answers;

  ShownGroups(Names names, Grouping grouping) {
    this.names = names;
    this.grouping = grouping;
    rowsOf = new int[grouping.keys().size()];
  }

  @Override
  public void begin(Segment segment) {
    hourOfDay = CellScan.hourOfDay(segment);
    lines = segment.columns().whole(Columns.Whole.LINE);
    caches = segment.columns().whole(Columns.Whole.CACHE);
    answers = segment.columns().answers();
  }

  @Override
  public void row(int row, boolean leftOut) {
    if (leftOut) {
      return;
    }
    int agent = names.agentOf()[lines[row]];
    if (!grouping.ofAnswers()) {
      add(grouping.group(lines[row], caches[row], hourOfDay), agent);
      return;
    }
    for (int answer = answers.first(row); answer < answers.end()[row]; answer++) {
      add(grouping.ofResolver(answers.resolver()[answer]), agent);
    }
  }

  private void add(int group, int agent) {
    if (group < 0) {
      return;
    }
    rowsOf[group]++;
    long pair = (long) group << Integer.SIZE | agent;
    if (size > 0 && met[size - 1] == pair) {
      return;
    }
    if (size == met.length) {
      met = Arrays.copyOf(met, 2 * size);
    }
    met[size++] = pair;
  }

  @Override
  public void end() {}

  /** How many groups there are. */
  int found() {
    return (int) Arrays.stream(rowsOf).filter(rows -> rows > 0).count();
  }

  /** Those that are shown, by number. */
  boolean[] shown(int most) {
    int[] agentsOf = agents();
    boolean[] shown = new boolean[rowsOf.length];
    IntStream.range(0, rowsOf.length)
        .filter(group -> rowsOf[group] > 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(group -> -agentsOf[group])
                .thenComparingInt(group -> -rowsOf[group])
                .thenComparing(group -> grouping.keys().get(group)))
        .limit(most)
        .forEach(group -> shown[group] = true);
    return shown;
  }

  private int[] agents() {
    Arrays.sort(met, 0, size);
    int[] agents = new int[rowsOf.length];
    for (int i = 0; i < size; i++) {
      agents[(int) (met[i] >>> Integer.SIZE)] += i == 0 || met[i] != met[i - 1] ? 1 : 0;
    }
    return agents;
  }
}
