package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * What is usual for each video-slot: the middle over all agents of all groups, each relieved of its
 * own score, found by turns, as in Tukey's median polish ("Exploratory Data Analysis", 1977) but by
 * {@link Huber}: of three the median would often be one's own value. For ratios by means. So it
 * does not depend on who is in which group, and an agent that met slow agents only does not look
 * fast. Where effects multiply, all are logarithms; infinite ones are bounded.
 */
final class UsualValues {
  /** Each turn leaves of an error the part that one agent has in a video-slot; 2 % are left. */
  private static final double ERROR_LEFT = 0.02;

  private static final int MOST_TURNS = 8;

  private final CellTable table;
  private final SlotIndex slots;
  private final int[] firstCell;
  private final Centre centre;
  private final double[] values;
  private final int[] unitOf;
  private final double[] usual;
  private final double[] scores;
  private final double[] buffer;
  private double scale;

  UsualValues(CellTable table, SlotIndex slots, int[] firstCell, Metric metric) {
    this.table = table;
    this.slots = slots;
    this.firstCell = firstCell;
    this.centre = metric.centre();
    values = new double[table.size()];
    for (int cell = 0; cell < values.length; cell++) {
      double value = table.value(cell);
      values[cell] = HodgesLehmann.bounded(metric.multiplies() ? Math.log(value) : value);
    }
    usual = new double[table.videoSlots()];
    scores = new double[firstCell.length - 1];
    unitOf = new int[table.size()];
    for (int unit = 0; unit < scores.length; unit++) {
      Arrays.fill(unitOf, firstCell[unit], firstCell[unit + 1], unit);
    }
    buffer = new double[table.size()];
    find();
  }

  private void find() {
    double perSlot = Math.max(2, (double) table.size() / Math.max(1, slots.filled()));
    double shrunk = Math.sqrt(perSlot / (perSlot - 1));
    int turns = turns(perSlot);
    for (int turn = 0; turn <= turns; turn++) {
      for (int slot = 0; slot < usual.length; slot++) {
        usual[slot] = usual(slot);
      }
      // The first turn, by medians, is for the scale alone.
      for (int unit = 0; unit < scores.length && turn > 0; unit++) {
        scores[unit] = score(unit);
      }
      scale = centre == Centre.MEAN ? 0 : shrunk * scatter();
    }
  }

  /** A cell's value less what is usual. */
  double excess(int cell) {
    return values[cell] - usual[table.videoSlot(cell)];
  }

  /** By video-slot. */
  double of(int slot) {
    return usual[slot];
  }

  /** What single values scatter by; 0 for ratios, of which means are taken. */
  double scale() {
    return scale;
  }

  private double scatter() {
    int found = 0;
    for (int cell = 0; cell < values.length; cell++) {
      double rest = excess(cell) - scores[unitOf[cell]];
      if (!HodgesLehmann.isInfinite(rest)) {
        buffer[found++] = rest;
      }
    }
    return found == 0 ? 0 : Huber.scale(buffer, found);
  }

  int unit(int cell) {
    return unitOf[cell];
  }

  /** What a single value adds to the variance of a score, by Huber's formula. */
  double noise() {
    double reach = Huber.reach(scale);
    double squares = 0;
    int near = 0;
    for (int cell = 0; cell < values.length; cell++) {
      double rest = excess(cell) - scores[unitOf[cell]];
      boolean isNear = scale == 0 || Math.abs(rest) <= reach;
      near += isNear ? 1 : 0;
      squares += isNear ? rest * rest : reach * reach;
    }
    return near == 0 ? 0 : squares * values.length / near / near;
  }

  private static int turns(double perSlot) {
    double needed = Math.log(ERROR_LEFT) / -Math.log(perSlot);
    return (int) Math.max(2, Math.min(MOST_TURNS, Math.ceil(needed)));
  }

  /** What an agent that mostly fails measured tells nothing of the video. */
  private double usual(int slot) {
    int found = 0;
    for (int i = slots.start(slot); i < slots.start(slot + 1); i++) {
      double score = scores[unitOf[slots.cell(i)]];
      if (!HodgesLehmann.isInfinite(score)) {
        buffer[found++] = values[slots.cell(i)] - score;
      }
    }
    if (found == 0) {
      for (int i = slots.start(slot); i < slots.start(slot + 1); i++) {
        buffer[found++] = values[slots.cell(i)];
      }
    }
    return found == 0 ? 0 : middle(found);
  }

  private double score(int unit) {
    int count = firstCell[unit + 1] - firstCell[unit];
    for (int i = 0; i < count; i++) {
      buffer[i] = excess(firstCell[unit] + i);
    }
    return middle(count);
  }

  /** Of the first ones in the buffer. */
  private double middle(int count) {
    if (centre == Centre.MEAN) {
      return Middles.of(buffer, 0, count, centre);
    }
    Arrays.sort(buffer, 0, count);
    return Huber.ofSorted(buffer, 0, count, scale);
  }
}
