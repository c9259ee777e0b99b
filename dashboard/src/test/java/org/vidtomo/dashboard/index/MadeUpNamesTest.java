package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Series;
import org.vidtomo.storage.Measurement;

/** An agent that names thousands of providers and caches, and rows in whatever order they come. */
class MadeUpNamesTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofHours(40);

  /** Cells enough, and no group has more than it may keep beside forty others. */
  private static final int HONEST = 600;

  private static final int MADE_UP = 2_000;

  private final List<Measurement> honest = measurements(5, HONEST);

  private static List<Measurement> measurements(long seed, int count) {
    RandomMeasurements random = new RandomMeasurements(seed, List.of(new UUID(1, 2)), FROM, SPAN);
    return Stream.generate(random::next).limit(count).toList();
  }

  private List<Measurement> withMadeUpNames() {
    List<Measurement> all = new ArrayList<>(honest);
    List<Measurement> more = measurements(6, MADE_UP);
    IntStream.range(0, MADE_UP).forEach(i -> all.add(evil(more.get(i), i)));
    return all;
  }

  private static Measurement evil(Measurement from, int number) {
    ObjectNode tree = Wire.mapper().valueToTree(from);
    tree.put("agentId", "evil").remove("clockOffsetMicros");
    tree.put("provider", "AAA-" + number).put("cacheHost", "aaa-" + number + ".example");
    for (JsonNode answer : tree.path("resolvers")) {
      ((ObjectNode) answer).put("resolver", "aaa-" + number);
    }
    return Wire.mapper().convertValue(tree, Measurement.class);
  }

  private static Rows rows(List<Measurement> measurements) {
    Map<Instant, HourBuilder> hours = new TreeMap<>();
    for (Measurement m : measurements) {
      long hour = m.scheduledAt().getEpochSecond() / 3600 * 3600;
      hours.computeIfAbsent(Instant.ofEpochSecond(hour), HourBuilder::new).add(m);
    }
    List<Instant> order = new ArrayList<>(hours.keySet());
    Collections.shuffle(order, new Random(measurements.get(0).taskId().hashCode()));
    MeasurementIndex index = new MeasurementIndex();
    order.forEach(hour -> index.put(hour, UUID.randomUUID(), hours.get(hour).build()));
    return new Rows(
        index.snapshot(1, Instant.MIN), Filter.NONE, FROM, FROM.plus(SPAN).plusSeconds(3600));
  }

  private static CellTable table(Rows rows, Metric metric, Dimension by) {
    Grouping grouping = Grouping.of(by, rows);
    TableCells cells = new TableCells(rows.snapshot().names(), grouping.keys(), true);
    rows.each(new CellScan<>(rows.snapshot().names(), metric, grouping, cells));
    return cells.table(grouping.leftOut());
  }

  @ParameterizedTest
  @EnumSource(
      value = Dimension.class,
      names = {"PROVIDER", "CACHE", "RESOLVER"})
  void groupsOfManyAgents_areComparedAsIfNobodyMadeUpNames(Dimension by) {
    Comparison alone = compared(table(rows(honest), Metric.RTT, by), by);
    Comparison among = compared(table(rows(withMadeUpNames()), Metric.RTT, by), by);
    assertThat(alone.groups()).hasSizeGreaterThan(2);
    assertThat(among.groups().size()).isBetween(100, Grouping.MOST_GROUPS);
    assertThat(among.leftOut())
        .hasValueSatisfying(
            why -> assertThat(why).contains("groups: the 500 with the most agents are shown"));
    for (Comparison.Group group : alone.groups()) {
      Comparison.Group same =
          among.groups().stream()
              .filter(g -> g.key().equals(group.key()))
              .findFirst()
              .orElseThrow();
      assertThat(same).isEqualTo(group);
    }
    List<String> pairs = among.pairs().stream().map(p -> p.a() + " " + p.b()).toList();
    assertThat(pairs)
        .containsAll(alone.pairs().stream().map(p -> p.a() + " " + p.b()).toList())
        .hasSize(40 * 39 / 2);
    long notCompared =
        among.groups().stream().filter(g -> g.why().orElse("").contains("not compared")).count();
    assertThat(notCompared).isEqualTo(among.groups().size() - 40);
  }

  private static Comparison compared(CellTable table, Dimension by) {
    return Comparer.DEFAULT.compare(Metric.RTT, by, table, FROM);
  }

  @Test
  void lists_ofMadeUpNames_haveWhatManyAgentsUse() {
    Rows rows = rows(withMadeUpNames());
    List<CacheUse> caches = CacheScan.uses(rows);
    assertThat(caches).hasSize(Grouping.MOST_GROUPS);
    assertThat(caches.get(0).host()).endsWith(".cdn.example");
    List<ResolverUse> resolvers = ResolverScan.uses(rows, Optional.empty());
    assertThat(resolvers).hasSize(Grouping.MOST_GROUPS);
    assertThat(resolvers.subList(0, 3).stream().map(ResolverUse::resolver))
        .containsExactlyInAnyOrder("system", "9.9.9.9", "1.1.1.1");
  }

  @Test
  void series_ofMadeUpNames_hasNoMoreGroupsThanAViewHolds() {
    Rows rows = rows(withMadeUpNames());
    Grouping grouping = Grouping.of(Dimension.CACHE, rows);
    SeriesCells cells =
        new SeriesCells(rows.snapshot().names(), grouping.keys(), Metric.RTT, Series.Step.HOUR);
    rows.each(new CellScan<>(rows.snapshot().names(), Metric.RTT, grouping, cells));
    cells.end();
    Series series = cells.series(Dimension.CACHE, grouping.leftOut(), FROM);
    assertThat(series.groups()).hasSizeLessThanOrEqualTo(Grouping.MOST_GROUPS);
    assertThat(series.groups().stream().map(Series.Group::key))
        .contains("cache0.cdn.example", "cache1.cdn.example");
  }

  @Test
  void span_isFromTheFirstHourThatHasRowsToTheEndOfTheLast() {
    Rows rows = rows(honest);
    assertThat(rows.span()).isBetween(SPAN.minusHours(2), SPAN.plusHours(1));
    Rows none = new Rows(rows.snapshot(), Filter.NONE, FROM.minusSeconds(7_200), FROM);
    assertThat(none.span()).isZero();
    Instant hour = FROM.plusSeconds(3_600);
    assertThat(new Rows(rows.snapshot(), Filter.NONE, hour, hour.plusSeconds(7_200)).span())
        .isEqualTo(Duration.ofHours(2));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void comparison_isTheSameToTheLastBit_inWhateverOrderRowsCome(Metric metric) {
    List<Measurement> shuffled = new ArrayList<>(honest);
    Collections.shuffle(shuffled, new Random(3));
    for (Dimension by : List.of(Dimension.PROVIDER, Dimension.CACHE)) {
      assertThat(json(metric, by, shuffled)).isEqualTo(json(metric, by, honest));
    }
  }

  private static String json(Metric metric, Dimension by, List<Measurement> measurements) {
    CellTable table = table(rows(measurements), metric, by);
    return Wire.toJson(Comparer.DEFAULT.compare(metric, by, table, FROM));
  }
}
