package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Counts what each resolver answered. One use; not thread-safe. */
final class ResolverScan implements Rows.Visitor {
  private final Names names;
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
  }

  ResolverScan(Names names) {
    this.names = names;
    uses = new Use[names.resolvers().length];
  }

  @Override
  public void begin(Segment segment) {
    answers = segment.columns().answers();
    lines = segment.columns().whole(Whole.LINE);
  }

  @Override
  public void row(int row, boolean clockOff) {
    for (int answer = answers.first(row); answer < answers.end()[row]; answer++) {
      int resolver = answers.resolver()[answer];
      if (uses[resolver] == null) {
        uses[resolver] = new Use();
      }
      uses[resolver].agents.set(names.agentOf()[lines[row]]);
      count(uses[resolver], answers.notes()[answer]);
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

  /** Those that were asked most first. */
  List<ResolverUse> uses() {
    List<ResolverUse> found = new ArrayList<>();
    for (int resolver = 0; resolver < uses.length; resolver++) {
      if (uses[resolver] != null) {
        Use use = uses[resolver];
        found.add(
            new ResolverUse(
                names.resolvers()[resolver],
                use.measurements,
                use.agents.cardinality(),
                share(use.sameAddress, use.besideSystem),
                share(use.sameNetwork, use.networksKnown)));
      }
    }
    found.sort(
        Comparator.comparingInt(ResolverUse::measurements)
            .reversed()
            .thenComparing(ResolverUse::resolver));
    return found;
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
