package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.CachePart;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Counts which caches served whom. One use; not thread-safe. */
final class ServingScan implements Rows.Sharing<ServingScan> {
  private static final int INITIAL = 1_024;

  private final Names names;
  private final Grouping groups;
  private final List<String> parts;
  private final int[] partOf;
  private final Optional<String>[] asNames;
  private final int[] ofPart;

  /** What each line and cache had in common, by the number of the two. */
  private final SlotNumbers numbers = new SlotNumbers(INITIAL);

  private long[] keys = new long[INITIAL];
  private int[] counts = new int[INITIAL];

  private int[] lines;
  private int[] caches;

  ServingScan(Names names, Grouping groups, CachePart of) {
    this.names = names;
    this.groups = groups;
    Interned<String> known = new Interned<>();
    Function<CacheHost, String> key = key(of);
    partOf = Arrays.stream(names.caches()).mapToInt(c -> known.number(key.apply(c))).toArray();
    parts = known.all();
    ofPart = new int[parts.size()];
    asNames = asNames(of);
  }

  private static Function<CacheHost, String> key(CachePart of) {
    return switch (of) {
      case ASN ->
          cache -> cache.asn().isPresent() ? "AS" + cache.asn().getAsLong() : Grouping.NOT_KNOWN;
      case SITE -> cache -> cache.site().orElse(Grouping.NOT_KNOWN);
      case HOST -> CacheHost::host;
    };
  }

  @SuppressWarnings("unchecked") // an array of a generic type
  private Optional<String>[] asNames(CachePart of) {
    Optional<String>[] found = new Optional[parts.size()];
    Arrays.fill(found, Optional.empty());
    for (int cache = 0; cache < partOf.length && of != CachePart.SITE; cache++) {
      if (found[partOf[cache]].isEmpty()) {
        found[partOf[cache]] = names.caches()[cache].asName();
      }
    }
    return found;
  }

  @Override
  public void begin(Segment segment) {
    lines = segment.columns().whole(Whole.LINE);
    caches = segment.columns().whole(Whole.CACHE);
  }

  @Override
  public void row(int row, boolean leftOut) {
    if (leftOut || caches[row] < 0) {
      return;
    }
    add((long) lines[row] << Integer.SIZE | caches[row], 1);
    ofPart[partOf[caches[row]]]++;
  }

  private void add(long key, int count) {
    int number = numbers.number(key);
    if (number == counts.length) {
      keys = Arrays.copyOf(keys, 2 * number);
      counts = Arrays.copyOf(counts, 2 * number);
    }
    keys[number] = key;
    counts[number] += count;
  }

  @Override
  public void end() {}

  @Override
  public void addAll(ServingScan later) {
    for (int i = 0; i < later.numbers.size(); i++) {
      add(later.keys[i], later.counts[i]);
    }
    Arrays.setAll(ofPart, part -> ofPart[part] + later.ofPart[part]);
  }

  /** The names of what served most, so many at most, then by name. */
  List<Integer> most(int wanted) {
    return IntStream.range(0, ofPart.length)
        .filter(part -> ofPart[part] > 0)
        .boxed()
        .sorted(Comparator.comparing((Integer part) -> -ofPart[part]).thenComparing(parts::get))
        .limit(wanted)
        .toList();
  }

  String name(int part) {
    return parts.get(part);
  }

  /** By cache, the place of its part in a list; −1: not in it. */
  int[] placeOfCache(List<Integer> chosen) {
    int[] places = new int[parts.size()];
    Arrays.fill(places, -1);
    for (int i = 0; i < chosen.size(); i++) {
      places[chosen.get(i)] = i;
    }
    return Arrays.stream(partOf).map(part -> places[part]).toArray();
  }

  /** What one agent was served: by part how often. */
  private record OfAgent(int group, Map<Integer, Integer> byPart) {
    private int all() {
      return byPart.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Each group, by name, with what it had of these parts. */
  List<ServingUse.Served> served(List<Integer> chosen) {
    Map<Long, OfAgent> agents = new HashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      int line = (int) (keys[i] >>> Integer.SIZE);
      int group = groups.ofLine(line);
      if (group >= 0) {
        long agent = (long) group << Integer.SIZE | names.agentOf()[line];
        agents
            .computeIfAbsent(agent, a -> new OfAgent(group, new HashMap<>()))
            .byPart()
            .merge(partOf[(int) keys[i]], counts[i], Integer::sum);
      }
    }
    Map<String, List<OfAgent>> byGroup = new TreeMap<>();
    agents
        .values()
        .forEach(
            agent ->
                byGroup
                    .computeIfAbsent(groups.keys().get(agent.group()), k -> new ArrayList<>())
                    .add(agent));
    return byGroup.entrySet().stream()
        .map(entry -> served(entry.getKey(), entry.getValue(), chosen))
        .toList();
  }

  private ServingUse.Served served(String key, List<OfAgent> agents, List<Integer> chosen) {
    List<ServingUse.Part> found =
        chosen.stream()
            .map(part -> part(part, agents))
            .filter(part -> part.measurements() > 0)
            .sorted(
                Comparator.comparingDouble((ServingUse.Part part) -> -part.share())
                    .thenComparing(ServingUse.Part::cache))
            .toList();
    return new ServingUse.Served(
        key, agents.stream().mapToInt(OfAgent::all).sum(), agents.size(), found);
  }

  private ServingUse.Part part(int part, List<OfAgent> agents) {
    int measurements = 0;
    int served = 0;
    double share = 0;
    for (OfAgent agent : agents) {
      int count = agent.byPart().getOrDefault(part, 0);
      measurements += count;
      served += count > 0 ? 1 : 0;
      share += (double) count / agent.all();
    }
    return new ServingUse.Part(
        parts.get(part), asNames[part], measurements, served, share / agents.size());
  }
}
