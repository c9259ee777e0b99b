package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Hours of measurements, with names of their own. Used by one thread; snapshots are for all. */
final class MeasurementIndex {
  private final TreeMap<Instant, Segment> segments = new TreeMap<>();
  private Interned<String> agents = new Interned<>();
  private Interned<String> prefixes = new Interned<>();
  private Interned<Line> lines = new Interned<>();
  private Interned<String> videos = new Interned<>();
  private Interned<Origin> origins = new Interned<>();
  private Interned<CacheHost> caches = new Interned<>();
  private Interned<Ending> endings = new Interned<>();
  private Interned<String> hosts = new Interned<>();
  private Interned<String> resolvers = new Interned<>();
  private Names names = names();
  private int droppedHours;

  /** Puts an hour in, or in the place of what was there. */
  void put(Instant hour, UUID version, HourBlock block) {
    Columns columns = block.columns();
    renumber(columns, Whole.LINE, numbers(block.lines(), lines));
    renumber(columns, Whole.VIDEO, numbers(block.videos(), videos));
    renumber(columns, Whole.ORIGIN, numbers(block.origins(), origins));
    renumber(columns, Whole.CACHE, numbers(block.caches(), caches));
    renumber(columns, Whole.ENDING, numbers(block.endings(), endings));
    renumber(columns.answers().resolver(), numbers(block.resolvers(), resolvers));
    segments.put(hour, new Segment(hour, version, columns));
  }

  private static <T> int[] numbers(List<T> local, Interned<T> global) {
    return local.stream().mapToInt(global::number).toArray();
  }

  private static void renumber(Columns columns, Whole column, int[] numbers) {
    renumber(columns.whole(column), numbers);
  }

  private static void renumber(int[] values, int[] numbers) {
    for (int row = 0; row < values.length; row++) {
      values[row] = values[row] < 0 ? -1 : numbers[values[row]];
    }
  }

  /** The version of an hour's block; null when there is none. */
  UUID version(Instant hour) {
    Segment segment = segments.get(hour);
    return segment == null ? null : segment.version();
  }

  Set<Instant> hours() {
    return segments.keySet();
  }

  int rows(Instant hour) {
    Segment segment = segments.get(hour);
    return segment == null ? 0 : segment.columns().rows();
  }

  /** Leaves hours out. */
  void drop(Collection<Instant> hours) {
    for (Instant hour : hours) {
      droppedHours += segments.remove(hour) == null ? 0 : 1;
    }
    if (droppedHours > segments.size()) {
      forgetUnused();
    }
  }

  /** Names that only dropped hours had. */
  private void forgetUnused() {
    lines = renumbered(lines, whole(Whole.LINE));
    videos = renumbered(videos, whole(Whole.VIDEO));
    origins = renumbered(origins, whole(Whole.ORIGIN));
    caches = renumbered(caches, whole(Whole.CACHE));
    endings = renumbered(endings, whole(Whole.ENDING));
    resolvers =
        renumbered(
            resolvers, (columns, numbers) -> columns.with(columns.answers().renumbered(numbers)));
    // These are numbered by the names of lines and caches.
    agents = new Interned<>();
    prefixes = new Interned<>();
    hosts = new Interned<>();
    names = null;
    droppedHours = 0;
  }

  private static BiFunction<Columns, IntUnaryOperator, Columns> whole(Whole column) {
    return (columns, numbers) -> columns.renumbered(column, numbers);
  }

  private <T> Interned<T> renumbered(
      Interned<T> before, BiFunction<Columns, IntUnaryOperator, Columns> change) {
    Interned<T> after = new Interned<>();
    int[] numbers = new int[before.size()];
    Arrays.fill(numbers, -1);
    IntUnaryOperator renumber =
        number -> {
          if (number >= 0 && numbers[number] < 0) {
            numbers[number] = after.number(before.get(number));
          }
          return number < 0 ? -1 : numbers[number];
        };
    // Copies: snapshots have the old ones.
    segments.replaceAll(
        (hour, segment) ->
            new Segment(hour, segment.version(), change.apply(segment.columns(), renumber)));
    return after;
  }

  Snapshot snapshot(long version, Instant complete) {
    names = names();
    long rows = segments.values().stream().mapToLong(s -> s.columns().rows()).sum();
    return new Snapshot(version, List.copyOf(segments.values()), names, complete, rows);
  }

  private Names names() {
    boolean sameLines = names != null && names.lines().length == lines.size();
    boolean sameVideos = names != null && names.videos().length == videos.size();
    int[] agentOf =
        sameLines
            ? names.agentOf()
            : lines.all().stream().mapToInt(line -> agents.number(line.agent())).toArray();
    int[] prefixOf =
        sameLines
            ? names.prefixOf()
            : lines.all().stream()
                .mapToInt(line -> line.prefix().map(prefixes::number).orElse(-1))
                .toArray();
    return new Names(
        sameLines ? names.lines() : lines.all().toArray(Line[]::new),
        agentOf,
        agents.size(),
        prefixOf,
        prefixes.size(),
        sameVideos ? names.videos() : videos.all().toArray(String[]::new),
        sameVideos
            ? names.videoHash()
            : videos.all().stream().mapToLong(CellTable::videoHash).toArray(),
        origins.all().toArray(Origin[]::new),
        caches.all().toArray(CacheHost[]::new),
        caches.all().stream().mapToInt(cache -> hosts.number(cache.host())).toArray(),
        hosts.all().toArray(String[]::new),
        endings.all().toArray(Ending[]::new),
        resolvers.all().toArray(String[]::new));
  }
}
