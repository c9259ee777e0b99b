package org.vidtomo.dashboard.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** From samples to a table of their cells. */
final class SampledCells {
  private final Map<String, Integer> groups;
  private final Map<String, Integer> agents;
  private final Map<Cell.VideoSlot, Integer> videoSlots = new HashMap<>();
  private final Map<String, Integer> videos = new HashMap<>();
  private final Map<String, Integer> prefixes = new HashMap<>();
  private final List<Cell> cells;

  private SampledCells(List<Cell> all) {
    groups = numbered(all.stream().map(Cell::group).toList());
    agents = numbered(all.stream().map(Cell::agent).toList());
    cells =
        all.stream().sorted(Comparator.comparing(Cell::group).thenComparing(Cell::agent)).toList();
    for (Cell cell : cells) {
      videoSlots.putIfAbsent(cell.videoSlot(), videoSlots.size());
      videos.putIfAbsent(cell.videoSlot().video(), videos.size());
      cell.prefix().ifPresent(prefix -> prefixes.putIfAbsent(prefix, prefixes.size()));
    }
  }

  static CellTable of(SampleSource.Samples samples, Centre centre) {
    return new SampledCells(Cell.of(samples.all(), centre)).table(samples.leftOut());
  }

  /** Cells that are made already. */
  static CellTable of(List<Cell> cells) {
    return new SampledCells(cells).table(Optional.empty());
  }

  private CellTable table(Optional<String> leftOut) {
    int[] prefixOfAgent = new int[agents.size()];
    Arrays.fill(prefixOfAgent, -1);
    int[] videoOfSlot = new int[videoSlots.size()];
    for (Cell cell : cells) {
      cell.prefix().ifPresent(p -> prefixOfAgent[agents.get(cell.agent())] = prefixes.get(p));
      videoOfSlot[videoSlots.get(cell.videoSlot())] = videos.get(cell.videoSlot().video());
    }
    return new CellTable(
        List.copyOf(groups.keySet()),
        cells.stream().mapToInt(c -> groups.get(c.group())).toArray(),
        cells.stream().mapToInt(c -> agents.get(c.agent())).toArray(),
        cells.stream().mapToInt(c -> videoSlots.get(c.videoSlot())).toArray(),
        cells.stream().mapToDouble(Cell::value).toArray(),
        cells.stream().mapToDouble(Cell::failedShare).toArray(),
        prefixOfAgent,
        videoOfSlot,
        Integer::toString,
        counts(),
        leftOut);
  }

  private List<Counts> counts() {
    Map<String, List<Cell>> byGroup = new TreeMap<>();
    for (Cell cell : cells) {
      byGroup.computeIfAbsent(cell.group(), k -> new ArrayList<>()).add(cell);
    }
    return byGroup.values().stream().map(SampledCells::counts).toList();
  }

  private static Counts counts(List<Cell> members) {
    return new Counts(
        members.size(),
        (int) members.stream().map(Cell::agent).distinct().count(),
        (int) members.stream().flatMap(c -> c.prefix().stream()).distinct().count(),
        (int) members.stream().map(c -> c.videoSlot().video()).distinct().count());
  }

  private static Map<String, Integer> numbered(Collection<String> names) {
    Map<String, Integer> numbers = new TreeMap<>();
    new TreeSet<>(names).forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }
}
