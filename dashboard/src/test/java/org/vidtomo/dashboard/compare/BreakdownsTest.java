package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.TestStores;
import org.vidtomo.dashboard.index.Facet;
import org.vidtomo.dashboard.index.FailureUse;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.dashboard.index.ServingUse;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;

/** Views that put measurements together otherwise, beside the same counted one by one. */
class BreakdownsTest {
  private static final Instant FROM =
      Instant.now().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.HOURS);
  private static final Duration SPAN = Duration.ofHours(30);
  private static final int MEASUREMENTS = 2_000;
  private static final Filter FILTER = filter(Optional.empty(), Optional.of("FR"));

  private static Store store;
  private static LiveIndex index;
  private static IndexedCells cells;
  private static List<Measurement> all;

  @BeforeAll
  static void fill() throws Exception {
    store = TestStores.open();
    RandomMeasurements random =
        new RandomMeasurements(19, List.of(UUID.randomUUID(), UUID.randomUUID()), FROM, SPAN);
    all = Stream.generate(random::next).limit(MEASUREMENTS).toList();
    TestStores.write(store, all);
    index = new LiveIndex(store.index(), store.measurements(), 100_000, Clock.systemUTC());
    index.start();
    index.current().get(30, TimeUnit.SECONDS);
    cells =
        IndexedCells.of(index, store.measurements(), store.campaigns(), 100_000, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    index.close();
    store.close();
  }

  private static Filter filter(Optional<String> service, Optional<String> country) {
    return new Filter(
        Optional.empty(),
        service,
        country,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(FROM),
        Optional.of(FROM.plus(SPAN)));
  }

  private static boolean clockOn(Measurement m) {
    return m.clockOffsetMicros().orElse(0) < 300_000_000L;
  }

  private static List<Measurement> french() {
    return all.stream().filter(m -> m.country().equals(Optional.of("FR"))).toList();
  }

  private static String provider(Measurement m) {
    return m.provider().orElse("not known");
  }

  @Test
  void heatMap_countsCellsByTheAgentsOwnHourAndDay() {
    HeatMap map =
        cells.heatMap(
            new HeatMap.Question(
                Metric.FAILURE_RATIO, FILTER, HeatMap.Clock.LOCAL, HeatMap.Day.DATE),
            FROM);
    Map<String, Set<String>> expected = new TreeMap<>();
    Map<String, Boolean> known = new HashMap<>();
    for (Measurement m : french()) {
      if (clockOn(m) && MeasuredValue.of(Metric.FAILURE_RATIO, m).isPresent()) {
        Instant slot = m.scheduledAt().truncatedTo(ChronoUnit.HOURS);
        String cell = m.agentId() + m.videoId() + slot;
        // One that says its offset in some measurements only has it in some cells.
        known.merge(m.agentId(), m.utcOffsetMinutes().isPresent(), Boolean::logicalAnd);
        if (m.utcOffsetMinutes().isPresent()) {
          LocalDateTime local =
              LocalDateTime.ofInstant(slot, ZoneOffset.UTC)
                  .plusMinutes(m.utcOffsetMinutes().getAsInt());
          expected
              .computeIfAbsent(
                  local.toLocalDate() + " " + local.getHour(), k -> new java.util.HashSet<>())
              .add(cell);
        }
      }
    }
    Map<String, Integer> found = new TreeMap<>();
    map.cells().forEach(s -> found.put(s.day() + " " + s.hour(), s.n().cells()));
    assertThat(found).hasSameSizeAs(expected);
    expected.forEach((at, some) -> assertThat(found.get(at)).as(at).isEqualTo(some.size()));
    assertThat(map.days()).isSorted().contains(map.cells().get(0).day());
    assertThat(known.values()).as("all say their offset, in France").doesNotContain(false);
    assertThat(map.leftOut().orElse("")).doesNotContain("local time");
  }

  @Test
  void heatMapOfWeekdays_hasAllSeven() {
    HeatMap map =
        cells.heatMap(
            new HeatMap.Question(Metric.RTT, FILTER, HeatMap.Clock.UTC, HeatMap.Day.WEEKDAY), FROM);
    assertThat(map.days())
        .containsExactly(
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    String weekday =
        FROM.atOffset(ZoneOffset.UTC).plusHours(12).getDayOfWeek().name().toLowerCase(Locale.ROOT);
    assertThat(map.cells()).extracting(HeatMap.Square::day).contains(weekday);
  }

  @Test
  void heatMap_tellsOfAgentsWhoseLocalTimeIsNotKnown() {
    HeatMap map =
        cells.heatMap(
            new HeatMap.Question(
                Metric.RTT,
                filter(Optional.empty(), Optional.of("DE")),
                HeatMap.Clock.LOCAL,
                HeatMap.Day.DATE),
            FROM);
    assertThat(map.leftOut().orElse("")).contains("agents whose local time is not known");
  }

  @Test
  void failures_areCountedByKindAndOperation() {
    FailureUse failures = cells.failures(FILTER, Dimension.PROVIDER);
    Map<String, List<Measurement>> byProvider =
        french().stream()
            .filter(BreakdownsTest::clockOn)
            .collect(Collectors.groupingBy(BreakdownsTest::provider));
    assertThat(failures.groups())
        .extracting(FailureUse.Ended::key)
        .containsExactlyElementsOf(new java.util.TreeSet<>(byProvider.keySet()));
    for (FailureUse.Ended group : failures.groups()) {
      List<Measurement> members = byProvider.get(group.key());
      assertThat(group.measurements()).isEqualTo(members.size());
      long against = members.stream().filter(BreakdownsTest::against).count();
      assertThat(group.against()).isEqualTo((int) against);
      int failed = group.failures().stream().mapToInt(FailureUse.Kind::measurements).sum();
      assertThat(group.ok() + failed).isEqualTo(group.measurements());
      for (FailureUse.Kind kind : group.failures()) {
        long same =
            members.stream()
                .filter(
                    m ->
                        m.outcome() == kind.outcome()
                            && m.failureKind().equals(kind.kind())
                            && m.failureOperation().equals(kind.operation()))
                .count();
        assertThat(kind.measurements()).as(kind.toString()).isEqualTo((int) same);
        assertThat(kind.share()).isEqualTo((double) same / members.size());
      }
    }
  }

  private static boolean against(Measurement m) {
    return m.outcome() == Outcome.FAILED
        && m.failureKind().orElseThrow().mayBeCausedBy() == FailureKind.Cause.NETWORK;
  }

  @Test
  void serving_weighsEachAgentTheSame_andTellsTheDelayOfItsOwnCells() {
    ServingUse serving = cells.serving(FILTER, Dimension.PROVIDER, CachePart.ASN, 50);
    for (ServingUse.Served group : serving.groups()) {
      List<Measurement> members =
          french().stream()
              .filter(m -> clockOn(m) && m.cacheHost().isPresent())
              .filter(m -> provider(m).equals(group.key()))
              .toList();
      assertThat(group.measurements()).isEqualTo(members.size());
      assertThat(group.caches().stream().mapToDouble(ServingUse.Part::share).sum())
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
      for (ServingUse.Part part : group.caches()) {
        double share =
            members.stream().collect(Collectors.groupingBy(Measurement::agentId)).values().stream()
                .mapToDouble(
                    own ->
                        (double) own.stream().filter(m -> as(m).equals(part.cache())).count()
                            / own.size())
                .average()
                .orElseThrow();
        assertThat(part.share()).isCloseTo(share, org.assertj.core.data.Offset.offset(1e-9));
      }
    }
    assertThat(serving.groups()).isNotEmpty();
    CellTable delays = serving.delays().cells();
    List<String> pairs =
        delays.groups().stream()
            .map(key -> serving.delays().outer(key) + " " + serving.delays().inner(key))
            .toList();
    assertThat(pairs).contains("Alpha AS64600", "Delta not known").doesNotHaveDuplicates();
  }

  private static String as(Measurement m) {
    return m.cacheAsn().isPresent() ? "AS" + m.cacheAsn().getAsLong() : "not known";
  }

  @Test
  void facets_areCountedUnderAllOtherFilters() {
    Filter both = filter(Optional.of("youtube"), Optional.of("FR"));
    Map<String, Map<String, Long>> found = new HashMap<>();
    for (Facet facet : cells.facets(both, agent -> agent.startsWith("Alpha"), 1_000)) {
      found.put(
          facet.filter(),
          facet.values().stream()
              .collect(Collectors.toMap(Facet.Value::value, Facet.Value::measurements)));
    }
    List<Measurement> youtube = ofService(all);
    assertThat(found.get("country")).isEqualTo(counted(youtube, Measurement::country));
    assertThat(found.get("service")).isEqualTo(counted(french(), m -> Optional.of(m.service())));
    List<Measurement> passing = ofService(french());
    assertThat(found.get("provider")).isEqualTo(counted(passing, Measurement::provider));
    assertThat(found.get("video")).isEqualTo(counted(passing, m -> Optional.of(m.videoId())));
    assertThat(found.get("cache")).isEqualTo(counted(passing, Measurement::cacheHost));
    assertThat(found.get("campaign"))
        .isEqualTo(counted(passing, m -> m.campaignId().map(UUID::toString)));
    assertThat(found.get("agent").keySet()).isNotEmpty().allMatch(a -> a.startsWith("Alpha"));
  }

  private static List<Measurement> ofService(List<Measurement> some) {
    return some.stream().filter(m -> m.service().equals("youtube")).toList();
  }

  private static Map<String, Long> counted(
      List<Measurement> some, Function<Measurement, Optional<String>> value) {
    return some.stream()
        .flatMap(m -> value.apply(m).stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void sideBySide_hasThePairOfTheComparison_andEachVideosMiddles() {
    View view = new View(Metric.GOODPUT, Dimension.PROVIDER, FILTER);
    CellTable table = cells.cells(view);
    Comparison comparison = Comparer.DEFAULT.compare(view.metric(), view.by(), table, FROM);
    SideBySide side =
        SideBySide.of(
            new SideBySide.Question(view, "Beta", "Alpha", 3), Comparer.DEFAULT, table, FROM);
    Comparison.Pair pair =
        comparison.pairs().stream()
            .filter(p -> p.a().equals("Alpha") && p.b().equals("Beta"))
            .findFirst()
            .orElseThrow();
    assertThat(side.pair().orElseThrow().a()).isEqualTo("Beta");
    assertThat(side.pair().orElseThrow().difference())
        .isEqualTo(OptionalDouble.of(-pair.difference().orElseThrow()));
    assertThat(side.pair().orElseThrow().turned()).isEqualTo(pair);
    assertThat(side.videos()).hasSize(3);
    assertThat(side.more()).isEqualTo(RandomMeasurements.VIDEOS - 3);
    assertThat(
            SideBySide.of(
                    new SideBySide.Question(view, "Beta", "Alpha", 500),
                    Comparer.DEFAULT,
                    table,
                    FROM)
                .videos()
                .stream()
                .mapToInt(SideBySide.Video::slots)
                .sum())
        .isEqualTo(pair.videoSlots());
    SideBySide.Video first = side.videos().get(0);
    List<Cell> ofVideo =
        Cell.of(
                new StoredSamples(
                        new FilteredMeasurements(
                            store.measurements(), store.campaigns(), Clock.systemUTC()))
                    .samples(view)
                    .all(),
                Metric.Centre.MEDIAN)
            .stream()
            .filter(cell -> cell.videoSlot().video().equals(first.video()))
            .toList();
    assertThat(first.b().orElseThrow())
        .isCloseTo(middle(ofVideo, "Alpha", "Beta"), org.assertj.core.data.Offset.offset(1e-3));
  }

  /** Over agents, of each over the hours in which both measured. */
  private static double middle(List<Cell> cells, String of, String beside) {
    Set<Cell.VideoSlot> common =
        cells.stream()
            .filter(c -> c.group().equals(beside))
            .map(Cell::videoSlot)
            .collect(Collectors.toSet());
    List<Double> middles = new ArrayList<>();
    cells.stream()
        .filter(c -> c.group().equals(of) && common.contains(c.videoSlot()))
        .collect(Collectors.groupingBy(Cell::agent))
        .values()
        .forEach(
            own -> {
              double[] values = own.stream().mapToDouble(Cell::value).toArray();
              middles.add(Middles.of(values, 0, values.length, Metric.Centre.MEDIAN));
            });
    double[] values = middles.stream().mapToDouble(Double::doubleValue).toArray();
    return Middles.of(values, 0, values.length, Metric.Centre.MEDIAN);
  }
}
