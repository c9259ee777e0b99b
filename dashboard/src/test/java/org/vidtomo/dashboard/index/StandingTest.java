package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/** Agents that comparisons leave out: crowds in one place, and those whose reports cannot be. */
class StandingTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofHours(40);
  private static final int HONEST = 900;
  private static final int EACH = 20;

  private final List<Measurement> honest = measurements(5, HONEST);

  private static List<Measurement> measurements(long seed, int count) {
    RandomMeasurements random = new RandomMeasurements(seed, List.of(new UUID(1, 2)), FROM, SPAN);
    return Stream.generate(random::next).limit(count).toList();
  }

  /** Agents of one ISP that say of it what is not so. */
  private List<Measurement> withCrowd(int agents) {
    List<Measurement> all = new ArrayList<>(honest);
    for (int agent = 0; agent < agents; agent++) {
      List<Measurement> more = measurements(100 + agent, EACH);
      for (Measurement each : more) {
        ObjectNode tree = Wire.mapper().valueToTree(each);
        tree.put("agentId", name(agent)).remove("clockOffsetMicros");
        tree.put("provider", "Alpha").put("prefix", "203.0.113.0/24").put("rttMicros", 1);
        all.add(Wire.mapper().convertValue(tree, Measurement.class));
      }
    }
    return all;
  }

  private static String name(int agent) {
    return "crowd-%03d".formatted(agent);
  }

  private static List<AgentOrigin> origins(int agents, boolean oneAddress) {
    return IntStream.range(0, agents)
        .mapToObj(
            agent ->
                new AgentOrigin(
                    name(agent),
                    oneAddress ? "address" : "address-" + agent,
                    "prefix",
                    FROM.plusSeconds(agent),
                    Optional.empty()))
        .toList();
  }

  private static Comparison compared(List<Measurement> measurements, Standing standing) {
    Map<Instant, HourBuilder> hours = new TreeMap<>();
    for (Measurement m : measurements) {
      long hour = m.scheduledAt().getEpochSecond() / 3600 * 3600;
      hours.computeIfAbsent(Instant.ofEpochSecond(hour), HourBuilder::new).add(m);
    }
    MeasurementIndex index = new MeasurementIndex();
    hours.forEach((hour, builder) -> index.put(hour, UUID.randomUUID(), builder.build()));
    Snapshot snapshot = index.snapshot(1, Instant.MIN);
    Rows rows = new Rows(snapshot, Filter.NONE, FROM, FROM.plus(SPAN).plusSeconds(3600), standing);
    Grouping grouping = Grouping.of(Dimension.PROVIDER, rows);
    TableCells cells = new TableCells(snapshot.names(), grouping.keys(), true);
    CellScan<TableCells> scan = new CellScan<>(snapshot.names(), Metric.RTT, grouping, cells);
    rows.each(scan);
    BitSet left = scan.leftOut();
    Optional<String> why =
        Optional.of(String.join("; ", standing.reasons(left, snapshot.names())))
            .filter(text -> !text.isEmpty());
    return Comparer.DEFAULT.compare(Metric.RTT, Dimension.PROVIDER, cells.table(why), FROM);
  }

  @Test
  void hundredAgentsOfOnePrefix_moveARankNoMoreThanFourDo() {
    Comparison four = compared(withCrowd(4), Standing.of(List.of(), origins(4, false)));
    Comparison hundred = compared(withCrowd(100), Standing.of(List.of(), origins(100, false)));
    assertThat(hundred.groups()).isEqualTo(four.groups());
    assertThat(hundred.pairs()).isEqualTo(four.pairs());
    assertThat(hundred.leftOut().orElseThrow())
        .contains("96 agents beyond 2 of one address or 4 of one network prefix");
    assertThat(four.leftOut().orElse("")).doesNotContain("beyond");
    Comparison unbounded = compared(withCrowd(100), Standing.ALL);
    assertThat(unbounded.groups()).isNotEqualTo(four.groups());
  }

  @Test
  void hundredAgentsOfOneAddress_moveARankNoMoreThanTwoDo() {
    Comparison two = compared(withCrowd(2), Standing.of(List.of(), origins(2, true)));
    Comparison hundred = compared(withCrowd(100), Standing.of(List.of(), origins(100, true)));
    assertThat(hundred.groups()).isEqualTo(two.groups());
    assertThat(hundred.leftOut().orElseThrow()).contains("98 agents beyond");
  }

  @Test
  void ghosts_takeNoPlaceOfThoseWhoMeasure_andAreACrowdThemselves() {
    Instant now = FROM.plus(Duration.ofDays(30));
    List<AgentOrigin> origins = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Optional<Instant> never = i % 2 == 0 ? Optional.empty() : Optional.of(AgentOrigin.GONE);
      origins.add(new AgentOrigin("ghost-" + i, "of-" + i, "prefix", FROM, never));
    }
    for (int i = 0; i < 3; i++) {
      Instant since = FROM.plusSeconds(60 + i);
      Instant reported = now.minus(Duration.ofDays(i));
      origins.add(new AgentOrigin("good-" + i, "at-" + i, "prefix", since, Optional.of(reported)));
    }
    Standing standing = Standing.of(List.of(), origins);
    assertThat(standing.beyond()).hasSize(9).noneMatch(agent -> agent.startsWith("good"));
  }

  private static Flag flag(String agent, FlagKind kind) {
    return new Flag(agent, kind, FROM, FROM, 3, "evidence");
  }

  @Test
  void flaggedAgents_areLeftOut_withTheirNumberAndWhy() {
    List<Flag> flags =
        List.of(
            flag(name(0), FlagKind.IMPOSSIBLE_RATE),
            flag(name(0), FlagKind.CONTRADICTS_ITSELF),
            flag(name(1), FlagKind.CONTRADICTS_ITSELF));
    Comparison without = compared(honest, Standing.ALL);
    Comparison flagged = compared(withCrowd(2), Standing.of(flags, List.of()));
    assertThat(flagged.groups()).isEqualTo(without.groups());
    assertThat(flagged.leftOut().orElseThrow())
        .contains("2 agents whose reports cannot be (impossible rate: 1, contradicts itself: 2)");
  }

  @Test
  void flaggedAgents_doNotTakeThePlacesOfOthersInTheirPrefix() {
    Standing standing =
        Standing.of(
            List.of(flag(name(0), FlagKind.IMPOSSIBLE_RATE), flag(name(1), FlagKind.OTHER)),
            origins(6, false));
    assertThat(standing.beyond()).isEmpty();
    assertThat(standing.leavesOut(name(1))).isTrue();
    assertThat(standing.leavesOut(name(5))).isFalse();
  }
}
