package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/**
 * The cells of one metric in one view, by columns. A cell is agent × video × scheduled hour in one
 * group: the median (for ratios the mean) of its reports. Statistics are made of cells only, so
 * that measuring often gives no agent and no video more weight.
 *
 * <p>Of a group with more cells than {@link #cellsPerGroup} only those of some video-slots are
 * here: the agents are the sample, and their scores gain nothing from more. Every group leaves out
 * in the same order of video-slots, so that groups stay comparable. Immutable.
 */
public final class CellTable {
  /** More cells of one group are not needed. */
  public static final int MAX_CELLS_PER_GROUP = 1_000;

  /** With more than twenty groups each has fewer, so that a view takes no longer. */
  private static final int MAX_CELLS = 20 * MAX_CELLS_PER_GROUP;

  private final List<String> groups;
  private final int[] group;
  private final int[] agent;
  private final int[] videoSlot;
  private final double[] value;
  private final double[] failedShare;
  private final int[] prefixOfAgent;
  private final int[] videoOfSlot;
  private final List<Counts> counts;
  private final Optional<String> leftOut;
  private final int[] start;
  private final IntFunction<String> videoNames;

  /**
   * Takes the arrays over: nobody may change them afterwards. The first five have an entry for each
   * cell, sorted by group, then agent, and no (group, agent, video-slot) twice. Agents and
   * video-slots are numbered from 0; the same number in two groups is the same agent, and the same
   * video in the same hour. Agents should be numbered in the order of their names, so that the same
   * data gives the same random draws.
   *
   * @param groups keys, ascending
   * @param value in the metric's unit, perhaps infinite; {@link Metric#worst()} for a failure that
   *     ranks last
   * @param failedShare of the cell's reports, 0 to 1
   * @param prefixOfAgent a number for each network prefix, −1 where it is not known
   * @param videoOfSlot a number for each video
   * @param videoNames by these numbers
   * @param counts of each group, over all of its cells, also those left out
   * @param leftOut agents that do not take part, and why
   * @throws IllegalArgumentException when the cells are not in that order or values are missing
   */
  public CellTable(
      List<String> groups,
      int[] group,
      int[] agent,
      int[] videoSlot,
      double[] value,
      double[] failedShare,
      int[] prefixOfAgent,
      int[] videoOfSlot,
      IntFunction<String> videoNames,
      List<Counts> counts,
      Optional<String> leftOut) {
    this.groups = List.copyOf(groups);
    this.group = requireNonNull(group, "group");
    this.agent = requireNonNull(agent, "agent");
    this.videoSlot = requireNonNull(videoSlot, "videoSlot");
    this.value = requireNonNull(value, "value");
    this.failedShare = requireNonNull(failedShare, "failedShare");
    this.prefixOfAgent = requireNonNull(prefixOfAgent, "prefixOfAgent");
    this.videoOfSlot = requireNonNull(videoOfSlot, "videoOfSlot");
    this.videoNames = requireNonNull(videoNames, "videoNames");
    this.counts = List.copyOf(counts);
    this.leftOut = requireNonNull(leftOut, "leftOut");
    check();
    start = starts();
  }

  private void check() {
    if (group.length != agent.length
        || group.length != videoSlot.length
        || group.length != value.length
        || group.length != failedShare.length) {
      throw new IllegalArgumentException("every column needs an entry for each cell");
    }
    if (groups.size() != counts.size()) {
      throw new IllegalArgumentException("every group needs its counts");
    }
    for (int i = 0; i < group.length; i++) {
      if (Double.isNaN(value[i])) {
        throw new IllegalArgumentException("a cell's value must be a number, cell " + i);
      }
      boolean sorted =
          i == 0
              || group[i - 1] < group[i]
              || (group[i - 1] == group[i] && agent[i - 1] <= agent[i]);
      if (!sorted) {
        throw new IllegalArgumentException("cells must be sorted by group and agent, cell " + i);
      }
    }
  }

  private int[] starts() {
    int[] starts = new int[groups.size() + 1];
    for (int each : group) {
      starts[each + 1]++;
    }
    for (int i = 0; i < groups.size(); i++) {
      starts[i + 1] += starts[i];
    }
    return starts;
  }

  /** Of how many cells at most a group's statistics are made in a view of so many groups. */
  public static int cellsPerGroup(int groups) {
    return Math.min(MAX_CELLS_PER_GROUP, MAX_CELLS / Math.max(1, groups));
  }

  /** What {@link #order} needs to know of a video. */
  public static long videoHash(String video) {
    return mixed(video.hashCode());
  }

  /**
   * Where a video-slot stands in the order in which they are left out, the lowest kept longest: by
   * chance, but for ever the same.
   *
   * @param slotEpochSecond the scheduled hour
   */
  public static long order(long videoHash, long slotEpochSecond) {
    return mixed(videoHash + mixed(slotEpochSecond));
  }

  /** Each bit depends on each (SplittableRandom's finishing, after Stafford's variant 13). */
  private static long mixed(long bits) {
    long mixed = bits + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** The same table with these groups alone, which ascend. */
  CellTable only(int[] wanted) {
    if (wanted.length == groups.size()) {
      return this;
    }
    int[] cells =
        Arrays.stream(wanted).flatMap(g -> IntStream.range(start[g], start[g + 1])).toArray();
    int[] newNumber = new int[groups.size()];
    for (int i = 0; i < wanted.length; i++) {
      newNumber[wanted[i]] = i;
    }
    return new CellTable(
        Arrays.stream(wanted).mapToObj(groups::get).toList(),
        Arrays.stream(cells).map(cell -> newNumber[group[cell]]).toArray(),
        Arrays.stream(cells).map(cell -> agent[cell]).toArray(),
        Arrays.stream(cells).map(cell -> videoSlot[cell]).toArray(),
        Arrays.stream(cells).mapToDouble(cell -> value[cell]).toArray(),
        Arrays.stream(cells).mapToDouble(cell -> failedShare[cell]).toArray(),
        prefixOfAgent,
        videoOfSlot,
        videoNames,
        Arrays.stream(wanted).mapToObj(counts::get).toList(),
        leftOut);
  }

  /** How many cells there are. */
  public int size() {
    return value.length;
  }

  public List<String> groups() {
    return groups;
  }

  public Counts counts(int ofGroup) {
    return counts.get(ofGroup);
  }

  public Optional<String> leftOut() {
    return leftOut;
  }

  /** The first cell of a group; that of the group behind the last one is {@link #size()}. */
  int start(int ofGroup) {
    return start[ofGroup];
  }

  int group(int cell) {
    return group[cell];
  }

  int agent(int cell) {
    return agent[cell];
  }

  int videoSlot(int cell) {
    return videoSlot[cell];
  }

  double value(int cell) {
    return value[cell];
  }

  double failedShare(int cell) {
    return failedShare[cell];
  }

  int prefix(int ofAgent) {
    return prefixOfAgent[ofAgent];
  }

  int video(int ofSlot) {
    return videoOfSlot[ofSlot];
  }

  String videoName(int video) {
    return videoNames.apply(video);
  }

  int agents() {
    return prefixOfAgent.length;
  }

  int videoSlots() {
    return videoOfSlot.length;
  }
}
