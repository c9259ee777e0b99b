package org.vidtomo.bench.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Questions over all dimensions, the same for the same seed. */
final class RandomQueries {
  private static final List<String> METRICS =
      List.of(
          "startup_delay",
          "stall_ratio",
          "stall_count",
          "stalling_mos",
          "goodput",
          "time_to_first_byte",
          "rtt",
          "resolve_time",
          "failure_ratio");
  private static final List<String> BY = List.of("provider", "asn", "cache", "resolver", "hour");

  /** What resolvers can be compared by. */
  private static final List<String> OF_RESOLVERS = List.of("resolve_time", "rtt", "failure_ratio");

  /** Of five questions one restricts a dimension. */
  private static final int RARE = 5;

  private final Instant from;
  private final SplittableRandom random;

  RandomQueries(Instant from, long seed) {
    this.from = from;
    this.random = new SplittableRandom(seed);
  }

  /** So many query strings. */
  List<String> make(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  private String next() {
    int provider = random.nextInt(MadeMeasurements.PROVIDERS);
    Instant one = time();
    Instant two = time();
    List<String> query = new ArrayList<>();
    String by = one(BY);
    query.add("metric=" + one(by.equals("resolver") ? OF_RESOLVERS : METRICS));
    query.add("by=" + by);
    query.add("from=" + (one.isBefore(two) ? one : two));
    query.add("to=" + (one.isBefore(two) ? two : one).plusMillis(1));
    maybe(query, "service", one(MadeMeasurements.SERVICES));
    maybe(query, "country", one(MadeMeasurements.COUNTRIES));
    maybe(query, "technology", one(MadeMeasurements.TECHNOLOGIES));
    maybe(query, "family", one(List.of("ipv4", "ipv6")));
    maybe(query, "asn", MadeMeasurements.asn(provider));
    maybe(query, "provider", MadeMeasurements.provider(provider).replace(" ", "%20"));
    maybe(query, "campaign", one(MadeMeasurements.CAMPAIGNS));
    maybe(query, "cache", MadeMeasurements.cache(random.nextInt(MadeMeasurements.CACHES)));
    return String.join("&", query);
  }

  private Instant time() {
    return from.plusMillis((long) (MadeMeasurements.SPAN.toMillis() * random.nextDouble()));
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private void maybe(List<String> query, String name, Object value) {
    if (random.nextInt(RARE) == 0) {
      query.add(name + "=" + value);
    }
  }
}
