package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Dimension;

/** To which group a row belongs: by its line, its cache, its resolvers' answers, or its hour. */
final class Grouping {
  /** What a view can hold. Of more those with the most agents are shown. */
  static final int MOST_GROUPS = 500;

  private static final String NOT_KNOWN = "not known";
  private static final int HOURS = 24;

  private final Dimension by;
  private final List<String> keys;

  /** By the number of a line, a cache, a resolver, an hour; −1: not shown. */
  private final int[] groupOf;

  private final int notShown;

  private Grouping(Dimension by, List<String> keys, int[] groupOf, int notShown) {
    this.by = by;
    this.keys = keys;
    this.groupOf = groupOf;
    this.notShown = notShown;
  }

  /** For the rows of a view. */
  static Grouping of(Dimension by, Rows rows) {
    Names names = rows.snapshot().names();
    Grouping all =
        switch (by) {
          case PROVIDER -> byLine(by, names, line -> line.provider().orElse(NOT_KNOWN));
          case ASN ->
              byLine(
                  by,
                  names,
                  line -> line.asn().isPresent() ? "AS" + line.asn().getAsLong() : NOT_KNOWN);
          case CACHE -> new Grouping(by, Arrays.asList(names.hosts()), names.hostOf(), 0);
          case HOUR -> each(by, IntStream.range(0, HOURS).mapToObj("%02d"::formatted).toList());
          case RESOLVER -> each(by, Arrays.asList(names.resolvers()));
        };
    return all.keys.size() <= MOST_GROUPS ? all : all.shown(rows);
  }

  private static Grouping byLine(Dimension by, Names names, Function<Line, String> key) {
    Interned<String> keys = new Interned<>();
    int[] ofLine =
        Arrays.stream(names.lines()).mapToInt(line -> keys.number(key.apply(line))).toArray();
    return new Grouping(by, keys.all(), ofLine, 0);
  }

  private static Grouping each(Dimension by, List<String> keys) {
    return new Grouping(by, keys, IntStream.range(0, keys.size()).toArray(), 0);
  }

  private Grouping shown(Rows rows) {
    ShownGroups groups = new ShownGroups(rows.snapshot().names(), this);
    rows.each(groups);
    boolean[] shown = groups.shown(MOST_GROUPS);
    int[] numbers = new int[shown.length];
    List<String> shownKeys =
        IntStream.range(0, shown.length).filter(group -> shown[group]).mapToObj(keys::get).toList();
    int next = 0;
    for (int group = 0; group < shown.length; group++) {
      numbers[group] = shown[group] ? next++ : -1;
    }
    return new Grouping(
        by,
        shownKeys,
        Arrays.stream(groupOf).map(group -> group < 0 ? -1 : numbers[group]).toArray(),
        groups.found() - next);
  }

  List<String> keys() {
    return keys;
  }

  /** Of very many groups, how many are not shown. */
  Optional<String> leftOut() {
    return notShown == 0
        ? Optional.empty()
        : Optional.of(
            "%d groups: the %d with the most agents are shown".formatted(notShown, keys.size()));
  }

  /** Whether a row is in the groups of its answers. */
  boolean ofAnswers() {
    return by == Dimension.RESOLVER;
  }

  /** An answer's group; −1: none that is shown. */
  int ofAnswer(int resolver) {
    return groupOf[resolver];
  }

  /** A row's group; −1: none that is shown. */
  int group(int line, int cache, int hourOfDay) {
    return switch (by) {
      case PROVIDER, ASN -> groupOf[line];
      case CACHE -> cache < 0 ? -1 : groupOf[cache];
      case HOUR -> hourOfDay;
      case RESOLVER -> throw new IllegalStateException("a row is of no resolver, its answers are");
    };
  }
}
