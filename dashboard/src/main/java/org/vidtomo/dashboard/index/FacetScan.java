package org.vidtomo.dashboard.index;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.index.Columns.Whole;

/**
 * Counts measurements by each value of each filter. A row that only one filter keeps out counts for
 * that filter's values alone. One use; not thread-safe.
 */
final class FacetScan {
  private static final Function<String, Optional<String>> NO_LABEL = value -> Optional.empty();

  private final Names names;
  private final int[] lineMisses;
  private final int[] originMisses;
  private final int[] cacheMisses;
  private final int chosenVideo;
  private final boolean anyVideo;
  private final boolean anyCache;
  private final long[][] lines;
  private final long[][] origins;
  private final long[] videos;
  private final long[] caches;

  private FacetScan(Names names, Filter filter) {
    this.names = names;
    lineMisses =
        IntStream.range(0, names.lines().length)
            .map(i -> Restriction.missedBy(names.lines()[i], filter))
            .toArray();
    originMisses =
        IntStream.range(0, names.origins().length)
            .map(i -> Restriction.missedBy(names.origins()[i], filter))
            .toArray();
    anyVideo = filter.video().isEmpty();
    chosenVideo = filter.video().map(v -> List.of(names.videos()).indexOf(v)).orElse(-1);
    anyCache = filter.cache().isEmpty();
    cacheMisses =
        IntStream.range(0, names.caches().length)
            .map(i -> Restriction.missedBy(names.caches()[i], filter))
            .toArray();
    // By filter, then by line; the one behind the last filter: rows that all let pass.
    lines = new long[Restriction.COUNT + 1][names.lines().length];
    origins = new long[Restriction.COUNT + 1][names.origins().length];
    videos = new long[names.videos().length];
    caches = new long[names.caches().length];
  }

  /**
   * The values of each filter in the time of a place.
   *
   * @param mayBeNamed which agents
   * @param most values of each filter
   */
  static List<Facet> facets(Place place, Predicate<String> mayBeNamed, int most) {
    FacetScan scan = new FacetScan(place.snapshot().names(), place.filter());
    new Rows(place.snapshot(), Filter.NONE, place.from(), place.to()).each(scan.new Counting());
    return scan.facets(mayBeNamed, most);
  }

  private final class Counting implements Rows.Visitor {
    private Columns columns;

    @Override
    public void begin(Segment segment) {
      columns = segment.columns();
    }

    @Override
    public void row(int row, boolean leftOut) {
      int line = columns.whole(Whole.LINE)[row];
      int origin = columns.whole(Whole.ORIGIN)[row];
      int video = columns.whole(Whole.VIDEO)[row];
      int cache = columns.whole(Whole.CACHE)[row];
      int missed =
          lineMisses[line]
              | originMisses[origin]
              | Restriction.VIDEO.bit(!anyVideo && video != chosenVideo)
              | (cache < 0 ? Restriction.CACHE.bit(!anyCache) : cacheMisses[cache]);
      if (missed == 0) {
        lines[Restriction.COUNT][line]++;
        origins[Restriction.COUNT][origin]++;
      } else if (Integer.bitCount(missed) == 1) {
        int filter = Integer.numberOfTrailingZeros(missed);
        lines[filter][line]++;
        origins[filter][origin]++;
      }
      if ((missed & ~Restriction.VIDEO.bit(true)) == 0) {
        videos[video]++;
      }
      if (cache >= 0 && (missed & ~Restriction.CACHE.bit(true)) == 0) {
        caches[cache]++;
      }
    }

    @Override
    public void end() {}
  }

  private List<Facet> facets(Predicate<String> mayBeNamed, int most) {
    List<Facet> facets =
        List.of(
            ofOrigins(
                "campaign", Restriction.CAMPAIGN, o -> o.campaign().map(Object::toString), most),
            ofOrigins("service", Restriction.SERVICE, o -> Optional.of(o.service()), most),
            ofLines("country", Restriction.COUNTRY, Line::country, most),
            asns(most),
            ofLines("family", Restriction.FAMILY, line -> Optional.of(line.family()), most),
            ofLines("technology", Restriction.TECHNOLOGY, Line::technology, most),
            ofLines("provider", Restriction.PROVIDER, Line::provider, most),
            top("cache", caches, i -> Optional.of(names.caches()[i].host()), NO_LABEL, most),
            top("video", videos, i -> Optional.of(names.videos()[i]), NO_LABEL, most),
            ofLines(
                "agent",
                Restriction.AGENT,
                line -> Optional.of(line.agent()).filter(mayBeNamed),
                most));
    return facets.stream()
        .filter(f -> !f.filter().equals("agent") || !f.values().isEmpty())
        .toList();
  }

  private Facet asns(int most) {
    Map<String, String> labels = new HashMap<>();
    for (Line line : names.lines()) {
      asn(line.asn()).ifPresent(asn -> line.asName().ifPresent(name -> labels.put(asn, name)));
    }
    return top(
        "asn",
        summed(lines, Restriction.ASN),
        i -> asn(names.lines()[i].asn()),
        asn -> Optional.ofNullable(labels.get(asn)),
        most);
  }

  private static Optional<String> asn(OptionalLong asn) {
    return asn.isPresent() ? Optional.of(Long.toString(asn.getAsLong())) : Optional.empty();
  }

  private Facet ofLines(
      String name, Restriction filter, Function<Line, Optional<String>> value, int most) {
    return top(name, summed(lines, filter), i -> value.apply(names.lines()[i]), NO_LABEL, most);
  }

  private Facet ofOrigins(
      String name, Restriction filter, Function<Origin, Optional<String>> value, int most) {
    return top(name, summed(origins, filter), i -> value.apply(names.origins()[i]), NO_LABEL, most);
  }

  /** Rows that all filters let pass, or all but this one. */
  private static long[] summed(long[][] counts, Restriction filter) {
    long[] sums = counts[Restriction.COUNT].clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[filter.ordinal()][i];
    }
    return sums;
  }

  private static Facet top(
      String name,
      long[] counts,
      IntFunction<Optional<String>> value,
      Function<String, Optional<String>> label,
      int most) {
    Map<String, Long> sums = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        long count = counts[i];
        value.apply(i).ifPresent(text -> sums.merge(text, count, Long::sum));
      }
    }
    return new Facet(
        name,
        sums.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(most)
            .map(e -> new Facet.Value(e.getKey(), label.apply(e.getKey()), e.getValue()))
            .toList());
  }
}
