package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Counts how measurements ended, by group. One use; not thread-safe. */
final class FailureScan implements Rows.Visitor {
  private final Names names;
  private final Grouping groups;
  private final Map<Integer, Count> counts = new HashMap<>();
  private final BitSet leftOut = new BitSet();
  private int[] lines;
  private int[] endings;

  private static final class Count {
    private int measurements;
    private final BitSet agents = new BitSet();

    private void add(Count other) {
      measurements += other.measurements;
      agents.or(other.agents);
    }
  }

  private FailureScan(Names names, Grouping groups) {
    this.names = names;
    this.groups = groups;
  }

  /** How the measurements of a place ended, by provider or AS. */
  static FailureUse use(Place place, Dimension by) {
    Grouping groups = Grouping.of(by, place.rows());
    FailureScan scan = new FailureScan(place.snapshot().names(), groups);
    place.rows().each(scan);
    return new FailureUse(scan.groups(), place.leftOut(scan.leftOut, 0, groups.leftOut()));
  }

  @Override
  public void begin(Segment segment) {
    lines = segment.columns().whole(Whole.LINE);
    endings = segment.columns().whole(Whole.ENDING);
  }

  @Override
  public void row(int row, boolean isLeftOut) {
    int agent = names.agentOf()[lines[row]];
    if (isLeftOut) {
      leftOut.set(agent);
      return;
    }
    int group = groups.ofLine(lines[row]);
    if (group < 0) {
      return;
    }
    int key = group * names.endings().length + endings[row];
    Count count = counts.computeIfAbsent(key, k -> new Count());
    count.measurements++;
    count.agents.set(agent);
  }

  @Override
  public void end() {}

  /** The groups that have measurements, by name. */
  private List<FailureUse.Ended> groups() {
    List<FailureUse.Ended> found = new ArrayList<>();
    for (int group = 0; group < groups.keys().size(); group++) {
      Map<Ending, Count> endings = new HashMap<>();
      for (int ending = 0; ending < names.endings().length; ending++) {
        Count count = counts.get(group * names.endings().length + ending);
        if (count != null) {
          endings.computeIfAbsent(names.endings()[ending], e -> new Count()).add(count);
        }
      }
      if (!endings.isEmpty()) {
        found.add(ended(groups.keys().get(group), endings));
      }
    }
    found.sort(Comparator.comparing(FailureUse.Ended::key));
    return found;
  }

  private static FailureUse.Ended ended(String key, Map<Ending, Count> endings) {
    Count all = new Count();
    endings.values().forEach(all::add);
    int ok = 0;
    int against = 0;
    List<FailureUse.Kind> failures = new ArrayList<>();
    for (Map.Entry<Ending, Count> entry : endings.entrySet()) {
      Ending ending = entry.getKey();
      int count = entry.getValue().measurements;
      if (ending.outcome() == Outcome.OK) {
        ok += count;
        continue;
      }
      against += against(ending) ? count : 0;
      failures.add(
          new FailureUse.Kind(
              ending.outcome(),
              ending.kind(),
              ending.operation(),
              cause(ending).name().toLowerCase(Locale.ROOT),
              against(ending),
              count,
              entry.getValue().agents.cardinality(),
              (double) count / all.measurements));
    }
    failures.sort(
        Comparator.comparing((FailureUse.Kind kind) -> -kind.measurements())
            .thenComparing(FailureUse.Kind::toString));
    return new FailureUse.Ended(
        key, all.measurements, all.agents.cardinality(), ok, ok + against, against, failures);
  }

  private static boolean against(Ending ending) {
    return ending.outcome() == Outcome.FAILED && cause(ending) == FailureKind.Cause.NETWORK;
  }

  /** Of what never counts: the service's doing or the owner's, whatever else is said. */
  private static FailureKind.Cause cause(Ending ending) {
    return switch (ending.outcome()) {
      case OK, FAILED -> ending.kind().orElse(FailureKind.UNKNOWN).mayBeCausedBy();
      case BLOCKED_BY_SERVICE -> FailureKind.Cause.SERVICE;
      case REFUSED_BY_POLICY, EXPIRED -> FailureKind.Cause.POLICY;
    };
  }
}
