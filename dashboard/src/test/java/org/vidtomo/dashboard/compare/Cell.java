package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * Agent × video × scheduled hour in one group: the median (for ratios the mean) of its reports.
 * Statistics are made of cells only, so that measuring often gives no agent and no video more
 * weight.
 *
 * @param failedShare of its reports, 0 to 1
 */
record Cell(
    String group,
    String agent,
    Optional<String> prefix,
    VideoSlot videoSlot,
    double value,
    double failedShare) {

  /** What agents of different groups can have in common. */
  record VideoSlot(String video, Instant slot) {}

  private record Key(String group, String agent, VideoSlot videoSlot) {}

  /** Cells in the order of their first samples. */
  static List<Cell> of(List<Sample> samples, Centre centre) {
    Map<Key, List<Sample>> byKey = new LinkedHashMap<>();
    for (Sample sample : samples) {
      VideoSlot videoSlot = new VideoSlot(sample.video(), sample.slot());
      byKey
          .computeIfAbsent(
              new Key(sample.group(), sample.agent(), videoSlot), k -> new ArrayList<>(1))
          .add(sample);
    }
    List<Cell> cells = new ArrayList<>(byKey.size());
    byKey.forEach((key, members) -> cells.add(cell(key, members, centre)));
    return cells;
  }

  private static Cell cell(Key key, List<Sample> members, Centre centre) {
    double[] values = members.stream().mapToDouble(Sample::value).toArray();
    double failed = members.stream().filter(Sample::failed).count();
    return new Cell(
        key.group(),
        key.agent(),
        members.stream().flatMap(s -> s.prefix().stream()).findFirst(),
        key.videoSlot(),
        centre(values, centre),
        failed / members.size());
  }

  /** The middle of the values, which it sorts. */
  static double centre(double[] values, Centre centre) {
    return Middles.of(values, 0, values.length, centre);
  }
}
