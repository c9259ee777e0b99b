package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Counts what each host served. One use; not thread-safe. */
final class CacheScan implements Rows.Visitor {
  private final Names names;
  private final Grouping hosts;
  private final Use[] uses;
  private Columns columns;

  private static final class Use {
    private final BitSet lines = new BitSet();
    private final Map<Integer, Integer> caches = new HashMap<>();
    private int measurements;
    private int failed;
  }

  /**
   * Nothing is counted yet.
   *
   * @param hosts by cache
   */
  private CacheScan(Names names, Grouping hosts) {
    this.names = names;
    this.hosts = hosts;
    uses = new Use[hosts.keys().size()];
  }

  /** What the hosts of these rows served, those that served most first. */
  static List<CacheUse> uses(Rows rows) {
    CacheScan scan = new CacheScan(rows.snapshot().names(), Grouping.of(Dimension.CACHE, rows));
    rows.each(scan);
    return scan.uses();
  }

  @Override
  public void begin(Segment segment) {
    columns = segment.columns();
  }

  @Override
  public void row(int row, boolean leftOut) {
    int cache = columns.whole(Whole.CACHE)[row];
    int host = hosts.ofCache(cache);
    if (host < 0) {
      return;
    }
    if (uses[host] == null) {
      uses[host] = new Use();
    }
    Use use = uses[host];
    use.measurements++;
    use.caches.merge(cache, 1, Integer::sum);
    State state = State.of(columns.state()[row]);
    use.failed += state == State.FAILED || state == State.FAILED_ELSEWHERE ? 1 : 0;
    use.lines.set(columns.whole(Whole.LINE)[row]);
  }

  @Override
  public void end() {}

  private List<CacheUse> uses() {
    List<CacheUse> found = new ArrayList<>();
    for (Use use : uses) {
      if (use != null) {
        found.add(use(use));
      }
    }
    found.sort(
        Comparator.comparingInt(CacheUse::measurements).reversed().thenComparing(CacheUse::host));
    return found;
  }

  private CacheUse use(Use use) {
    TreeSet<String> providers = new TreeSet<>();
    BitSet agents = new BitSet();
    use.lines.stream()
        .forEach(
            line -> {
              agents.set(names.agentOf()[line]);
              names.lines()[line].provider().ifPresent(providers::add);
            });
    CacheHost usual = names.caches()[most(use.caches)];
    return new CacheUse(
        usual.host(),
        usual.asn(),
        usual.asName(),
        usual.site(),
        use.measurements,
        use.failed,
        agents.cardinality(),
        List.copyOf(providers));
  }

  private static int most(Map<Integer, Integer> counts) {
    return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
  }
}
