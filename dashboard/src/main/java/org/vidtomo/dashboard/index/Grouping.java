package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Dimension;

/** To which group a row belongs: by its line, its cache, or its hour. */
final class Grouping {
  private static final String NOT_KNOWN = "not known";
  private static final int HOURS = 24;

  private final List<String> keys;
  private final int[] ofLine;
  private final int[] ofCache;

  private Grouping(List<String> keys, int[] ofLine, int[] ofCache) {
    this.keys = keys;
    this.ofLine = ofLine;
    this.ofCache = ofCache;
  }

  static Grouping of(Dimension by, Names names) {
    return switch (by) {
      case PROVIDER -> byLine(names, line -> line.provider().orElse(NOT_KNOWN));
      case ASN ->
          byLine(names, line -> line.asn().isPresent() ? "AS" + line.asn().getAsLong() : NOT_KNOWN);
      case CACHE -> new Grouping(Arrays.asList(names.hosts()), null, names.hostOf());
      case HOUR ->
          new Grouping(IntStream.range(0, HOURS).mapToObj("%02d"::formatted).toList(), null, null);
      // Each answer names its own.
      case RESOLVER -> new Grouping(Arrays.asList(names.resolvers()), null, null);
    };
  }

  private static Grouping byLine(Names names, java.util.function.Function<Line, String> key) {
    Interned<String> keys = new Interned<>();
    int[] ofLine =
        Arrays.stream(names.lines()).mapToInt(line -> keys.number(key.apply(line))).toArray();
    return new Grouping(keys.all(), ofLine, null);
  }

  List<String> keys() {
    return keys;
  }

  /** A row's group; −1: none. */
  int group(int line, int cache, int hourOfDay) {
    if (ofLine != null) {
      return ofLine[line];
    }
    if (ofCache != null) {
      return cache < 0 ? -1 : ofCache[cache];
    }
    return hourOfDay;
  }
}
