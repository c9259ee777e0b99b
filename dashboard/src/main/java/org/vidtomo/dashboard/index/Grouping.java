package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.UnanswerableException;

/** To which group a row belongs: by its line, its cache, or its hour. */
final class Grouping {
  private static final String NOT_KNOWN = "not known";
  private static final int HOURS = 24;

  private final List<String> keys;
  private final int[] ofLine;
  private final boolean byCache;

  private Grouping(List<String> keys, int[] ofLine, boolean byCache) {
    this.keys = keys;
    this.ofLine = ofLine;
    this.byCache = byCache;
  }

  static Grouping of(Dimension by, Names names) {
    return switch (by) {
      case PROVIDER -> byLine(names, line -> line.provider().orElse(NOT_KNOWN));
      case ASN ->
          byLine(
              names, line -> line.asn().isPresent() ? "AS" + line.asn().getAsLong() : NOT_KNOWN);
      case CACHE -> new Grouping(Arrays.asList(names.caches()), null, true);
      case HOUR ->
          new Grouping(
              IntStream.range(0, HOURS).mapToObj("%02d"::formatted).toList(), null, false);
      case RESOLVER ->
          throw new UnanswerableException(
              UnanswerableException.Reason.NOT_KEPT,
              "by=resolver is not kept for comparison yet; by can be provider, asn, cache or hour");
    };
  }

  private static Grouping byLine(Names names, java.util.function.Function<Line, String> key) {
    Interned<String> keys = new Interned<>();
    int[] ofLine =
        Arrays.stream(names.lines()).mapToInt(line -> keys.number(key.apply(line))).toArray();
    return new Grouping(keys.all(), ofLine, false);
  }

  List<String> keys() {
    return keys;
  }

  /** A row's group; −1: none. */
  int group(int line, int cache, int hourOfDay) {
    if (ofLine != null) {
      return ofLine[line];
    }
    return byCache ? cache : hourOfDay;
  }
}
