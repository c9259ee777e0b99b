package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Counts what each resolver answered. One use; not thread-safe. */
final class ResolverScan implements Rows.Sharing<ResolverScan> {
  private final Names names;
  private final Grouping resolvers;
  private final Optional<List<String>> keys;

  /** By resolver, and by group before if they are told apart. */
  private final Grouping by;

  private final Use[] uses;
  private Answers answers;
  private int[] lines;

  private static final class Use {
    private final BitSet agents = new BitSet();
    private int measurements;
    private int besideSystem;
    private int sameAddress;
    private int networksKnown;
    private int sameNetwork;

    private void addAll(Use other) {
      agents.or(other.agents);
      measurements += other.measurements;
      besideSystem += other.besideSystem;
      sameAddress += other.sameAddress;
      networksKnown += other.networksKnown;
      sameNetwork += other.sameNetwork;
    }
  }

  /**
   * Nothing is counted yet.
   *
   * @param groups by which lines are told apart, if they are
   * @param resolvers by resolver
   */
  private ResolverScan(Names names, Optional<Grouping> groups, Grouping resolvers) {
    this.names = names;
    this.resolvers = resolvers;
    by = groups.map(each -> each.partedBy(resolvers)).orElse(resolvers);
    keys = groups.map(Grouping::keys);
    uses = new Use[by.keys().size()];
  }

  /**
   * What resolvers answered in these rows, those that were asked most first.
   *
   * @param by provider or AS, if these are told apart
   */
  static List<ResolverUse> uses(Rows rows, Optional<Dimension> by) {
    Optional<Grouping> groups = by.map(each -> Grouping.of(each, rows));
    Grouping resolvers = Grouping.of(Dimension.RESOLVER, rows);
    return rows.shared(() -> new ResolverScan(rows.snapshot().names(), groups, resolvers)).uses();
  }

  @Override
  public void begin(Segment segment) {
    answers = segment.columns().answers();
    lines = segment.columns().whole(Whole.LINE);
  }

  @Override
  public void row(int row, boolean leftOut) {
    for (int answer = answers.first(row); answer < answers.end()[row]; answer++) {
      int group = by.ofAnswer(lines[row], answers.resolver()[answer]);
      if (group < 0) {
        continue;
      }
      if (uses[group] == null) {
        uses[group] = new Use();
      }
      uses[group].agents.set(names.agentOf()[lines[row]]);
      count(uses[group], answers.notes()[answer]);
    }
  }

  private static void count(Use use, int notes) {
    use.measurements++;
    use.besideSystem += has(notes, Answers.BESIDE_SYSTEM);
    use.sameAddress += has(notes, Answers.SAME_ADDRESS);
    use.networksKnown += has(notes, Answers.NETWORKS_KNOWN);
    use.sameNetwork += has(notes, Answers.SAME_NETWORK);
  }

  private static int has(int notes, int note) {
    return (notes & note) == 0 ? 0 : 1;
  }

  @Override
  public void end() {}

  @Override
  public void addAll(ResolverScan later) {
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] == null) {
        uses[i] = later.uses[i];
      } else if (later.uses[i] != null) {
        uses[i].addAll(later.uses[i]);
      }
    }
  }

  /** By group, those that were asked most first. */
  private List<ResolverUse> uses() {
    List<ResolverUse> found = new ArrayList<>();
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] != null) {
        found.add(use(i));
      }
    }
    found.sort(
        Comparator.comparing((ResolverUse use) -> use.key().orElse(""))
            .thenComparing(use -> -use.measurements())
            .thenComparing(ResolverUse::resolver));
    return found;
  }

  private ResolverUse use(int number) {
    Use use = uses[number];
    int parts = resolvers.keys().size();
    return new ResolverUse(
        keys.map(each -> each.get(number / parts)),
        resolvers.keys().get(number % parts),
        use.measurements,
        use.agents.cardinality(),
        share(use.sameAddress, use.besideSystem),
        share(use.sameNetwork, use.networksKnown));
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
