package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.CrossedCells;
import org.vidtomo.dashboard.compare.Dimension;

/**
 * To which group a row belongs: by its line, its cache, its resolvers' answers or its hour; or by
 * its line and within that by one of the others.
 */
final class Grouping {
  /** What a view can hold. Of more those with the most agents are shown. */
  static final int MOST_GROUPS = 500;

  static final String NOT_KNOWN = "not known";
  private static final int HOURS = 24;

  private final List<String> keys;
  private final Numbers of;
  private final int within;
  private final int notShown;

  /**
   * Numbers of keys, or of parts within a line's; −1: not shown. What is null makes no difference.
   */
  // Handed over, not copied; only this class sees them.
  @SuppressWarnings("ArrayRecordComponent")
  private record Numbers(int[] line, int[] cache, int[] resolver) {
    private static Numbers ofLines(int[] line) {
      return new Numbers(line, null, null);
    }

    private static Numbers ofCaches(int[] cache) {
      return new Numbers(null, cache, null);
    }

    private static Numbers ofResolvers(int[] resolver) {
      return new Numbers(null, null, resolver);
    }

    private Numbers changed(IntUnaryOperator change) {
      return new Numbers(changed(line, change), changed(cache, change), changed(resolver, change));
    }

    private static int[] changed(int[] numbers, IntUnaryOperator change) {
      return numbers == null
          ? null
          : Arrays.stream(numbers).map(n -> n < 0 ? -1 : change.applyAsInt(n)).toArray();
    }
  }

  /**
   * By numbers of keys.
   *
   * @param within how many groups each line's group has within it
   */
  private Grouping(List<String> keys, Numbers of, int within, int notShown) {
    this.keys = keys;
    this.of = of;
    this.within = within;
    this.notShown = notShown;
  }

  /** For the rows of a view. */
  static Grouping of(Dimension by, Rows rows) {
    Names names = rows.snapshot().names();
    Grouping all =
        switch (by) {
          case PROVIDER -> byLine(names, line -> line.provider().orElse(NOT_KNOWN));
          case ASN ->
              byLine(
                  names,
                  line -> line.asn().isPresent() ? "AS" + line.asn().getAsLong() : NOT_KNOWN);
          case CACHE ->
              new Grouping(Arrays.asList(names.hosts()), Numbers.ofCaches(names.hostOf()), 1, 0);
          case HOUR ->
              new Grouping(
                  IntStream.range(0, HOURS).mapToObj("%02d"::formatted).toList(),
                  new Numbers(null, null, null),
                  1,
                  0);
          case RESOLVER ->
              new Grouping(
                  Arrays.asList(names.resolvers()),
                  Numbers.ofResolvers(IntStream.range(0, names.resolvers().length).toArray()),
                  1,
                  0);
        };
    return all.keys.size() <= MOST_GROUPS ? all : all.shown(rows);
  }

  /** All in one group. */
  static Grouping all(Names names) {
    return new Grouping(List.of("all"), Numbers.ofLines(new int[names.lines().length]), 1, 0);
  }

  private static Grouping byLine(Names names, Function<Line, String> key) {
    Interned<String> keys = new Interned<>();
    int[] ofLine =
        Arrays.stream(names.lines()).mapToInt(line -> keys.number(key.apply(line))).toArray();
    return new Grouping(keys.all(), Numbers.ofLines(ofLine), 1, 0);
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
    return new Grouping(shownKeys, of.changed(n -> numbers[n]), 1, groups.found() - next);
  }

  /**
   * The same, each group parted by what a cache is.
   *
   * @param ofCache a number below {@code parts}; −1: none of them
   */
  Grouping partedByCache(int[] ofCache, int parts) {
    return new Grouping(crossed(parts), new Numbers(of.line(), ofCache, null), parts, notShown);
  }

  /** The same, each group parted by resolver. */
  Grouping partedBy(Grouping resolvers) {
    int parts = resolvers.keys.size();
    return new Grouping(
        crossed(parts), new Numbers(of.line(), null, resolvers.of.resolver()), parts, notShown);
  }

  private List<String> crossed(int parts) {
    return IntStream.range(0, keys.size() * parts).mapToObj(CrossedCells::key).toList();
  }

  List<String> keys() {
    return keys;
  }

  /** Of very many groups, how many are not shown. */
  Optional<String> leftOut() {
    return notShown == 0
        ? Optional.empty()
        : Optional.of(
            "%d groups: the %d with the most agents are shown".formatted(notShown, MOST_GROUPS));
  }

  /** Whether a row is in the groups of its answers. */
  boolean ofAnswers() {
    return of.resolver() != null;
  }

  /** A line's group, where it has one; −1: none that is shown. */
  int ofLine(int line) {
    return of.line()[line];
  }

  /** A cache's group, whatever the line; −1: none that is shown. */
  int ofCache(int cache) {
    return cache < 0 ? -1 : of.cache()[cache];
  }

  /** A resolver's group, whatever the line; −1: none that is shown. */
  int ofResolver(int resolver) {
    return of.resolver()[resolver];
  }

  /** A row's group; −1: none that is shown. */
  int group(int line, int cache, int hourOfDay) {
    if (of.cache() != null) {
      return parted(line, ofCache(cache));
    }
    return of.line() == null ? hourOfDay : of.line()[line];
  }

  /** The group of a resolver's answer; −1: none that is shown. */
  int ofAnswer(int line, int resolver) {
    return parted(line, ofResolver(resolver));
  }

  private int parted(int line, int part) {
    if (of.line() == null || part < 0) {
      return part;
    }
    return of.line()[line] < 0 ? -1 : of.line()[line] * within + part;
  }
}
