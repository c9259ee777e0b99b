package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.TestStores;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;

/** What is answered from memory, beside the same computed from the rows in a real Cassandra. */
class IndexedViewsTest {
  private static final Instant FROM =
      Instant.now().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.HOURS);
  private static final Duration SPAN = Duration.ofHours(30);
  private static final List<UUID> CAMPAIGNS = List.of(UUID.randomUUID(), UUID.randomUUID());
  private static final int MEASUREMENTS = 1_600;
  private static final int VIEWS = 150;

  private static Store store;
  private static LiveIndex index;
  private static IndexedCells cells;
  private static FilteredMeasurements rows;

  @BeforeAll
  static void fill() throws Exception {
    store = TestStores.open();
    RandomMeasurements random = new RandomMeasurements(7, CAMPAIGNS, FROM, SPAN);
    List<Measurement> all = Stream.generate(random::next).limit(MEASUREMENTS).toList();
    TestStores.write(store, all.subList(0, MEASUREMENTS / 2));
    index = new LiveIndex(store.index(), store.measurements(), 100_000, Clock.systemUTC());
    index.start();
    TestStores.write(store, all.subList(MEASUREMENTS / 2, MEASUREMENTS));
    index.current().get(30, TimeUnit.SECONDS);
    cells =
        IndexedCells.of(index, store.measurements(), store.campaigns(), 100_000, Clock.systemUTC());
    rows = new FilteredMeasurements(store.measurements(), store.campaigns(), Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    index.close();
    store.close();
  }

  @Test
  void index_holdsEveryMeasurementOnce() {
    assertThat(index.rows()).isEqualTo(MEASUREMENTS);
  }

  @Test
  void randomViews_areThoseOfAStraightRecomputation() {
    SplittableRandom random = new SplittableRandom(11);
    int answered = 0;
    for (int i = 0; i < VIEWS; i++) {
      View view = view(random);
      Instant now = Instant.now();
      Comparison straight = Comparer.DEFAULT.compare(view.metric(), view.by(), straight(view), now);
      Comparison indexed =
          Comparer.DEFAULT.compare(view.metric(), view.by(), cells.cells(view), now);
      same(view.toString(), tree(indexed), tree(straight));
      answered += straight.groups().isEmpty() ? 0 : 1;
    }
    assertThat(answered).as("views that show something").isGreaterThan(VIEWS / 3);
  }

  @Test
  void randomSeries_areThoseOfAStraightRecomputation() {
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < VIEWS / 3; i++) {
      View view = view(random);
      for (Series.Step step : Series.Step.values()) {
        JsonNode indexed = tree(cells.series(view, Optional.of(step), FROM)).path("groups");
        same(view + " " + step, indexed, tree(straightSeries(view, step)));
      }
    }
  }

  @Test
  void resolversMiddles_areTheSameIfOnlyKeptCellsAreCounted() {
    for (Metric metric : List.of(Metric.RESOLVE_TIME, Metric.RTT, Metric.FAILURE_RATIO)) {
      View view = new View(metric, Dimension.RESOLVER, Filter.NONE);
      List<Group> counted = Comparer.DEFAULT.describe(metric, cells.cells(view));
      List<Group> kept =
          Comparer.DEFAULT.describe(metric, cells.resolverCells(metric, Filter.NONE));
      assertThat(kept)
          .as(metric.wireName())
          .isNotEmpty()
          .extracting(Group::key, Group::p50, Group::mean)
          .isEqualTo(counted.stream().map(g -> tuple(g.key(), g.p50(), g.mean())).toList());
    }
  }

  @Test
  void step_thatNobodyChose_isAnHour_ofMoreThanEightDaysADay() {
    View view = new View(Metric.RTT, Dimension.PROVIDER, Filter.NONE);
    assertThat(cells.series(view, Optional.empty(), FROM).step()).isEqualTo(Series.Step.HOUR);
    assertThat(Series.Step.of(Duration.ofDays(8))).isEqualTo(Series.Step.HOUR);
    assertThat(Series.Step.of(Duration.ofDays(8).plusHours(1))).isEqualTo(Series.Step.DAY);
  }

  @Test
  void endsOfTime_areTimesToo() {
    assertThat(cells.cells(between(Optional.empty(), Optional.of(Instant.MIN))).size()).isZero();
    assertThat(cells.cells(between(Optional.of(FROM), Optional.of(Instant.MAX))).size())
        .isPositive();
    assertThatThrownBy(
            () -> cells.cells(between(Optional.of(Instant.MIN), Optional.of(Instant.MAX))))
        .isInstanceOf(UnanswerableException.class)
        .hasMessageContaining("ask for a shorter time");
  }

  private static View between(Optional<Instant> from, Optional<Instant> to) {
    return new View(Metric.RTT, Dimension.PROVIDER, Filter.between(from, to));
  }

  private static View view(SplittableRandom random) {
    Dimension by = one(random, List.of(Dimension.values()));
    List<Metric> metrics =
        by == Dimension.RESOLVER
            ? List.of(Metric.RESOLVE_TIME, Metric.RTT, Metric.FAILURE_RATIO)
            : List.of(Metric.values());
    return new View(one(random, metrics), by, filter(random));
  }

  private static <T> T one(SplittableRandom random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Filter filter(SplittableRandom random) {
    int provider = random.nextInt(RandomMeasurements.PROVIDERS.size());
    Instant one = FROM.plusMillis((long) (SPAN.toMillis() * random.nextDouble()));
    Instant two = FROM.plusMillis((long) (SPAN.toMillis() * random.nextDouble()));
    return new Filter(
        Optional.empty(),
        maybe(random, RandomMeasurements.SERVICES),
        maybe(random, RandomMeasurements.COUNTRIES),
        random.nextInt(6) == 0 ? OptionalLong.of(64_500 + provider) : OptionalLong.empty(),
        maybe(random, List.of("ipv4", "ipv6")),
        maybe(random, RandomMeasurements.TECHNOLOGIES),
        maybe(random, RandomMeasurements.PROVIDERS),
        random.nextInt(8) == 0 ? Optional.of("Alpha-1") : Optional.empty(),
        random.nextInt(8) == 0 ? Optional.of("youtube:v3") : Optional.empty(),
        random.nextInt(8) == 0 ? Optional.of("cache1.cdn.example") : Optional.empty(),
        Optional.of(one.isBefore(two) ? one : two),
        Optional.of(one.isBefore(two) ? two.plusMillis(1) : one.plusMillis(1)));
  }

  private static Optional<String> maybe(SplittableRandom random, List<String> values) {
    return random.nextInt(6) == 0
        ? Optional.of(values.get(random.nextInt(values.size())))
        : Optional.empty();
  }

  private static CellTable straight(View view) {
    return SampledCells.of(new StoredSamples(rows).samples(view), view.metric().centre());
  }

  private static List<Series.Group> straightSeries(View view, Series.Step step) {
    List<Cell> all = Cell.of(new StoredSamples(rows).samples(view).all(), view.metric().centre());
    Map<String, Map<Long, List<Cell>>> points = new TreeMap<>();
    for (Cell cell : all) {
      points
          .computeIfAbsent(cell.group(), key -> new TreeMap<>())
          .computeIfAbsent(step.number(cell.videoSlot().slot()), at -> new ArrayList<>())
          .add(cell);
    }
    List<Series.Group> groups = new ArrayList<>();
    points.forEach(
        (key, byStep) -> {
          List<Series.Point> ofGroup = new ArrayList<>();
          byStep.forEach((at, some) -> ofGroup.add(point(view.metric(), step.start(at), some)));
          groups.add(new Series.Group(key, ofGroup));
        });
    return groups;
  }

  private static Series.Point point(Metric metric, Instant at, List<Cell> members) {
    CellTable table = SampledCells.of(members);
    Comparison.Group group =
        new GroupStatistics(table, 0, metric.centre()).describe(Thresholds.DEFAULTS);
    return new Series.Point(
        at, table.counts(0), group.p10(), group.p50(), group.p90(), group.mean(), group.interval());
  }

  private static JsonNode tree(Object value) {
    return Wire.mapper().valueToTree(value);
  }

  /** The same but for rounding: sums are made in another order. */
  private static void same(String of, JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      double size = Math.max(1e-3, Math.abs(other.asDouble()));
      assertThat(Math.abs(one.asDouble() - other.asDouble()) / size).as(of).isLessThan(1e-9);
      return;
    }
    assertThat(one.getNodeType()).as(of).isEqualTo(other.getNodeType());
    assertThat(one.size()).as(of + one + other).isEqualTo(other.size());
    if (one.isArray()) {
      for (int i = 0; i < one.size(); i++) {
        same(of + "/" + i, one.get(i), other.get(i));
      }
    } else if (one.isObject()) {
      for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        assertThat(other.has(name)).as(of + " has " + name).isTrue();
        same(of + "/" + name, one.get(name), other.get(name));
      }
    } else {
      assertThat(one).as(of).isEqualTo(other);
    }
  }
}
