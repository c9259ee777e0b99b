package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/** Two groups of a table video by video, where both measured one in the same hour. */
final class CommonVideos {
  private final CellTable table;
  private final Metric metric;
  private final Comparer comparer;
  private final AgentTest tests;
  private final int a;
  private final int b;
  private final Map<Integer, Found> videos = new HashMap<>();

  /** What was measured of one video: by agent the cells' values. */
  private static final class Found {
    private final Map<Integer, DoubleStream.Builder> ofA = new TreeMap<>();
    private final Map<Integer, DoubleStream.Builder> ofB = new TreeMap<>();
    private int slots;
    private int cells;
  }

  /**
   * Looks through a table.
   *
   * @param a number of a group; −1: none
   * @param b likewise, another one
   */
  CommonVideos(CellTable table, Metric metric, Comparer comparer, int a, int b) {
    this.table = table;
    this.metric = metric;
    this.comparer = comparer;
    this.a = a;
    this.b = b;
    tests = new AgentTest(metric.centre(), comparer.resampling());
    SlotIndex slots = new SlotIndex(table);
    for (int slot = 0; slot < table.videoSlots() && a >= 0 && b >= 0; slot++) {
      look(slots, slot);
    }
  }

  private void look(SlotIndex slots, int slot) {
    int[] cells = new int[slots.start(slot + 1) - slots.start(slot)];
    Arrays.setAll(cells, i -> slots.cell(slots.start(slot) + i));
    boolean both =
        Arrays.stream(cells).anyMatch(cell -> table.group(cell) == a)
            && Arrays.stream(cells).anyMatch(cell -> table.group(cell) == b);
    if (!both) {
      return;
    }
    Found found = videos.computeIfAbsent(table.video(slot), video -> new Found());
    found.slots++;
    for (int cell : cells) {
      int group = table.group(cell);
      if (group == a || group == b) {
        found.cells++;
        (group == a ? found.ofA : found.ofB)
            .computeIfAbsent(table.agent(cell), agent -> DoubleStream.builder())
            .add(table.value(cell));
      }
    }
  }

  /** How many both have. */
  int count() {
    return videos.size();
  }

  /** Those with most hours in common, so many at most. */
  List<SideBySide.Video> most(int most) {
    return videos.entrySet().stream()
        .map(entry -> Map.entry(table.videoName(entry.getKey()), entry.getValue()))
        .sorted(
            Comparator.comparing((Map.Entry<String, Found> entry) -> -entry.getValue().slots)
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(entry -> video(entry.getKey(), entry.getValue()))
        .toList();
  }

  private SideBySide.Video video(String name, Found found) {
    double[] ofA = middles(found.ofA);
    double[] ofB = middles(found.ofB);
    double difference = tests.difference(ofA, ofB);
    boolean enough = comparer.thresholds().enoughForInterval(Math.min(ofA.length, ofB.length));
    Optional<Comparison.Interval> interval = enough ? tests.interval(ofA, ofB) : Optional.empty();
    Optional<String> why =
        enough
            ? interval.isPresent()
                ? Optional.empty()
                : Optional.of("no interval: one of its ends is not finite")
            : Optional.of(comparer.thresholds().notEnough(ofA.length, ofB.length));
    return new SideBySide.Video(
        name,
        Optional.empty(),
        found.slots,
        new Counts(found.cells, agents(found), prefixes(found), 1),
        middle(ofA),
        middle(ofB),
        GroupStatistics.finite(difference),
        interval,
        why);
  }

  private double[] middles(Map<Integer, DoubleStream.Builder> byAgent) {
    return byAgent.values().stream()
        .map(values -> values.build().toArray())
        .mapToDouble(values -> Middles.of(values, 0, values.length, metric.centre()))
        .toArray();
  }

  private OptionalDouble middle(double[] values) {
    return GroupStatistics.finite(Middles.of(values.clone(), 0, values.length, metric.centre()));
  }

  private static int agents(Found found) {
    return (int) agentsOf(found).count();
  }

  private int prefixes(Found found) {
    return (int)
        agentsOf(found).map(table::prefix).filter(prefix -> prefix >= 0).distinct().count();
  }

  private static IntStream agentsOf(Found found) {
    return Stream.of(found.ofA, found.ofB)
        .flatMapToInt(byAgent -> byAgent.keySet().stream().mapToInt(Integer::intValue))
        .distinct();
  }
}
