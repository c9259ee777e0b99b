package org.vidtomo.dashboard.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.MostAgents;

/**
 * Keeps as many cells of each group as statistics need, and counts all of them, or those alone that
 * are kept. Not thread-safe.
 */
final class TableCells implements CellScan.Cells<TableCells> {
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

  private final Names names;
  private final List<String> keys;
  private final Group[] groups;
  private final boolean countsAll;

  // The hour at hand, and of its video at hand the place in the order.
  private long seconds;
  private int orderedVideo;
  private long order;

  private static final class Group {
    private final LowestCells kept = new LowestCells(CellTable.MAX_CELLS_PER_GROUP);
    private final BitSet lines = new BitSet();
    private final BitSet videos = new BitSet();
    private int cells;

    /** Counts those that are kept, in whatever order they came. */
    private void countKept() {
      kept.leaveOut(CellTable.MAX_CELLS_PER_GROUP);
      cells = kept.size();
      for (int cell = 0; cell < cells; cell++) {
        lines.set(kept.line(cell));
        videos.set(kept.video(cell));
      }
    }

    private void addAll(Group other) {
      kept.addAll(other.kept);
      lines.or(other.lines);
      videos.or(other.videos);
      cells += other.cells;
    }

    private Counts counts(Names names) {
      BitSet agents = new BitSet();
      BitSet prefixes = new BitSet();
      lines.stream()
          .forEach(
              line -> {
                agents.set(names.agentOf()[line]);
                if (names.prefixOf()[line] >= 0) {
                  prefixes.set(names.prefixOf()[line]);
                }
              });
      int used = kept.size();
      return new Counts(
          cells,
          agents.cardinality(),
          prefixes.cardinality(),
          videos.cardinality(),
          used < cells ? OptionalInt.of(used) : OptionalInt.empty());
    }
  }

  /**
   * No cells yet.
   *
   * @param keys of the groups, by number
   * @param countsAll whether cells that are not kept are counted too, which takes longer
   */
  TableCells(Names names, List<String> keys, boolean countsAll) {
    this.names = names;
    this.keys = keys;
    this.countsAll = countsAll;
    groups = new Group[keys.size()];
  }

  @Override
  public void hour(Instant hour) {
    seconds = hour.getEpochSecond();
    orderedVideo = -1;
  }

  private long order(int video) {
    if (video != orderedVideo) {
      orderedVideo = video;
      order = CellTable.order(names.videoHash()[video], seconds);
    }
    return order;
  }

  @Override
  public boolean wants(int group, int video) {
    return countsAll || groups[group] == null || groups[group].kept.wants(order(video));
  }

  @Override
  public void cell(int number, int line, int video, double value, double failed) {
    Group group = groups[number];
    if (group == null) {
      group = new Group();
      groups[number] = group;
    }
    if (countsAll) {
      group.cells++;
      group.lines.set(line);
      group.videos.set(video);
    }
    group.kept.add(order(video), line, video, (int) (seconds / HOUR_SECONDS), value, failed);
  }

  @Override
  public void addAll(TableCells others) {
    for (int number = 0; number < groups.length; number++) {
      Group other = others.groups[number];
      if (groups[number] == null) {
        groups[number] = other;
      } else if (other != null) {
        groups[number].addAll(other);
      }
    }
  }

  /** The cells that were kept, with the counts of all. */
  CellTable table(Optional<String> leftOut) {
    if (!countsAll) {
      Arrays.stream(groups).filter(Objects::nonNull).forEach(Group::countKept);
    }
    int[] inOrder =
        IntStream.range(0, groups.length)
            .filter(group -> groups[group] != null)
            .boxed()
            .sorted(Comparator.comparing(keys::get))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Filling(inOrder).table(leftOut);
  }

  /** Puts the kept cells into one table, with numbers of its own. */
  private final class Filling {
    private final int[] inOrder;
    private final int[] agentNumbers;
    private final int agents;
    private final SlotNumbers slots;
    private int[] videoOfSlot = new int[64];
    private final int[] group;
    private final int[] agent;
    private final int[] videoSlot;
    private final double[] value;
    private final double[] failedShare;
    private final int[] prefixOfAgent;
    private int filled;

    private Filling(int[] inOrder) {
      this.inOrder = inOrder;
      BitSet used = new BitSet();
      leaveOut();
      int size = 0;
      for (int number : inOrder) {
        LowestCells kept = groups[number].kept;
        size += kept.size();
        for (int cell = 0; cell < kept.size(); cell++) {
          used.set(names.agentOf()[kept.line(cell)]);
        }
      }
      slots = new SlotNumbers(size);
      agents = used.cardinality();
      agentNumbers = byName(used);
      group = new int[size];
      agent = new int[size];
      videoSlot = new int[size];
      value = new double[size];
      failedShare = new double[size];
      prefixOfAgent = new int[agents];
      Arrays.fill(prefixOfAgent, -1);
    }

    /** Those that are compared keep as many as if there were no others. */
    private void leaveOut() {
      List<Counts> counts = Arrays.stream(inOrder).mapToObj(g -> groups[g].counts(names)).toList();
      BitSet compared = new BitSet();
      Arrays.stream(MostAgents.of(counts, Comparer.MAX_PAIRED_GROUPS)).forEach(compared::set);
      for (int place = 0; place < inOrder.length; place++) {
        int together = compared.get(place) ? compared.cardinality() : inOrder.length;
        groups[inOrder[place]].kept.leaveOut(CellTable.cellsPerGroup(together));
      }
    }

    /** The agents' numbers in the table: in the order of their names. */
    private int[] byName(BitSet used) {
      String[] agentNames = new String[names.agents()];
      for (int line = 0; line < names.lines().length; line++) {
        agentNames[names.agentOf()[line]] = names.lines()[line].agent();
      }
      int[] numbers = new int[names.agents()];
      int next = 0;
      for (int each :
          used.stream()
              .boxed()
              .sorted(Comparator.comparing(a -> agentNames[a]))
              .mapToInt(Integer::intValue)
              .toArray()) {
        numbers[each] = next++;
      }
      return numbers;
    }

    private CellTable table(Optional<String> leftOut) {
      List<String> shown = new ArrayList<>();
      List<Counts> counts = new ArrayList<>();
      for (int number : inOrder) {
        fill(shown.size(), groups[number].kept);
        shown.add(keys.get(number));
        counts.add(groups[number].counts(names));
      }
      return new CellTable(
          shown,
          group,
          agent,
          videoSlot,
          value,
          failedShare,
          prefixOfAgent,
          Arrays.copyOf(videoOfSlot, slots.size()),
          video -> names.videos()[video],
          counts,
          leftOut);
    }

    private void fill(int number, LowestCells kept) {
      // Counted into place by agent: the table wants them so.
      int[] places = new int[agents + 1];
      for (int cell = 0; cell < kept.size(); cell++) {
        places[agentNumbers[names.agentOf()[kept.line(cell)]] + 1]++;
      }
      for (int i = 0; i < agents; i++) {
        places[i + 1] += places[i];
      }
      // In an order that is the same in every process, so that sums are the same to the last bit.
      for (int cell : kept.inOrder()) {
        int ofTable = agentNumbers[names.agentOf()[kept.line(cell)]];
        int at = filled + places[ofTable]++;
        group[at] = number;
        agent[at] = ofTable;
        videoSlot[at] = slot(kept, cell);
        value[at] = kept.value(cell);
        failedShare[at] = kept.failed(cell);
        if (prefixOfAgent[ofTable] < 0) {
          prefixOfAgent[ofTable] = names.prefixOf()[kept.line(cell)];
        }
      }
      filled += kept.size();
    }

    private int slot(LowestCells kept, int cell) {
      int number = slots.number(kept.videoSlot(cell));
      if (number == videoOfSlot.length) {
        videoOfSlot = Arrays.copyOf(videoOfSlot, 2 * number);
      }
      videoOfSlot[number] = kept.video(cell);
      return number;
    }
  }
}
