package org.vidtomo.coordinator.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.assign.Desk.Grant;
import org.vidtomo.coordinator.campaign.TestCampaigns;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskState;

final class DeskTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final int WITHOUT_LIMIT = 1_000_000_000;

  private final Desk desk = new Desk(3, LEASE, new HostPacer(1_000_000_000));

  @Test
  void agent_holdsNoMoreThanTheWindow() {
    open(100, WITHOUT_LIMIT);

    List<Grant> grants = desk.grants(List.of(agent("a1"), agent("a2")), NOW);

    assertThat(grants).hasSize(6);
    assertThat(desk.outstanding("a1")).isEqualTo(3);
    assertThat(desk.grants(List.of(agent("a1"), agent("a2")), NOW)).isEmpty();
    assertThat(grants).allMatch(g -> g.held().leaseUntil().equals(NOW.plus(LEASE)));
  }

  @Test
  void load_isSpreadEvenlyOverTheAgentsOfAnIsp() {
    open(300, WITHOUT_LIMIT);
    List<AgentState> agents = List.of(agent("a1"), agent("a2"), agent("a3"));

    var given =
        java.util.stream.Stream.generate(() -> desk.grants(agents, NOW))
            .limit(30)
            .flatMap(
                grants -> {
                  grants.forEach(grant -> desk.release(grant.held().task().taskId()));
                  return grants.stream();
                })
            .collect(Collectors.groupingBy(g -> g.agent().agentId(), Collectors.counting()));

    assertThat(given.values()).allMatch(n -> n == 90);
  }

  @Test
  void campaigns_takeTurns() {
    UUID first = open(100, WITHOUT_LIMIT);
    UUID second = open(100, WITHOUT_LIMIT);

    List<Grant> grants = desk.grants(List.of(agent("a1"), agent("a2")), NOW);

    assertThat(grants).extracting(g -> g.campaign().id()).contains(first, second);
  }

  @Test
  void starts_keepToTheLimitOfServiceAndAgent() {
    UUID campaign = open(100, 6);
    Instant first = NOW.plus(Offsets.of(campaign, "a1", 6));

    assertThat(desk.grants(List.of(agent("a1")), first)).hasSize(1);
    assertThat(desk.grants(List.of(agent("a1")), first.plusSeconds(9))).isEmpty();
    assertThat(desk.grants(List.of(agent("a1")), first.plusSeconds(10))).hasSize(1);
  }

  @Test
  void agents_startAtDifferentMoments_eachAlwaysAtItsOwn() {
    UUID campaign = open(100, 6);
    List<Duration> offsets =
        IntStream.range(0, 20).mapToObj(i -> Offsets.of(campaign, "a" + i, 6)).toList();

    assertThat(offsets)
        .doesNotHaveDuplicates()
        .allMatch(o -> o.compareTo(Duration.ofSeconds(10)) < 0);
    assertThat(offsets).anyMatch(o -> o.toSeconds() < 3).anyMatch(o -> o.toSeconds() >= 7);
    assertThat(Offsets.of(campaign, "a3", 6)).isEqualTo(offsets.get(3));
    assertThat(desk.grants(List.of(agent("a0")), NOW.plus(offsets.get(0)).minusMillis(1)))
        .isEmpty();
    assertThat(desk.grants(List.of(agent("a0")), NOW.plus(offsets.get(0)))).hasSize(1);
  }

  @Test
  void starts_atOneHost_keepToTheFleetsLimit() {
    Desk paced = new Desk(3, LEASE, new HostPacer(6));
    open(paced, 100, WITHOUT_LIMIT);
    List<AgentState> fleet = IntStream.range(0, 50).mapToObj(i -> agent("a" + i)).toList();
    List<Integer> starts =
        IntStream.rangeClosed(0, 60)
            .mapToObj(second -> paced.grants(fleet, NOW.plusSeconds(second)).size())
            .toList();

    assertThat(starts).allMatch(n -> n <= 1);
    // One every ten seconds, at both ends of the minute.
    assertThat(starts.stream().mapToInt(n -> n).sum()).isEqualTo(7);
  }

  @Test
  void agent_getsNoMoreThanItsBudgetAllows() {
    open(100, WITHOUT_LIMIT);

    assertThat(desk.grants(List.of(agent("a1", 99_999_999)), NOW)).isEmpty();
    assertThat(desk.grants(List.of(agent("a2", 250_000_000)), NOW)).hasSize(2);
  }

  @Test
  void agent_getsOnlyWhatItCanDo() {
    open(100, WITHOUT_LIMIT);

    assertThat(desk.grants(List.of(agent("a1", List.of("assignment-2"))), NOW)).isEmpty();
    assertThat(desk.grants(List.of(agent("a2", List.of("assignment-1", "later"))), NOW)).hasSize(3);
  }

  @Test
  void task_thatComesBack_isTheNext_withItsNextAttempt() {
    open(100, WITHOUT_LIMIT);
    Grant grant = desk.grants(List.of(agent("a1")), NOW).get(0);

    desk.giveBack(grant.held(), TaskState.QUEUED);
    Grant again = desk.grants(List.of(agent("a2")), NOW).get(0);

    assertThat(again.held().task()).isEqualTo(grant.held().task());
    assertThat(again.held().attempt()).isEqualTo(2);
  }

  @Test
  void task_isNotGivenBeforeItsSlot() {
    UUID campaign = open(100, 60);
    Duration first = Offsets.of(campaign, "a1", 60);
    Duration second = Offsets.of(campaign, "a2", 60);

    assertThat(desk.grants(List.of(agent("a1")), NOW.plus(first))).hasSize(1);
    assertThat(desk.grants(List.of(agent("a2")), NOW.plus(second).plusMillis(999))).isEmpty();
    assertThat(desk.grants(List.of(agent("a2")), NOW.plus(second).plusSeconds(1))).hasSize(1);
  }

  @Test
  void overdue_areTheTasksWhoseLeaseEnded() {
    open(100, WITHOUT_LIMIT);
    desk.grants(List.of(agent("a1")), NOW);

    assertThat(desk.overdue(NOW.plus(LEASE))).isEmpty();
    assertThat(desk.overdue(NOW.plus(LEASE).plusMillis(1))).hasSize(3);
  }

  private UUID open(int videos, int startsPerMinute) {
    return open(desk, videos, startsPerMinute);
  }

  private static UUID open(Desk desk, int videos, int startsPerMinute) {
    CampaignDesk campaign = desk.opened(TestCampaigns.running(videos, startsPerMinute, NOW));
    RoundPlan plan = campaign.row().plan().orElseThrow();
    for (int i = 0; i < videos; i++) {
      SeedVideo video = SeedVideo.of("https://video.example.org/watch/" + i).orElseThrow();
      campaign.lane("alpha").feed(new Waiting(plan.task(video, "alpha", i), 0, TaskState.PLANNED));
    }
    return campaign.id();
  }

  private static AgentState agent(String id) {
    return agent(id, Long.MAX_VALUE);
  }

  private static AgentState agent(String id, long bytesLeft) {
    return agent(id, bytesLeft, List.of());
  }

  private static AgentState agent(String id, List<String> capabilities) {
    return agent(id, Long.MAX_VALUE, capabilities);
  }

  private static AgentState agent(String id, long bytesLeft, List<String> capabilities) {
    return new AgentState(
        id,
        "vidtomo.tasks." + id,
        "alpha",
        Optional.of(NOW),
        Presence.Status.ACTIVE,
        "test/1",
        capabilities,
        Optional.empty(),
        OptionalLong.of(bytesLeft),
        OptionalLong.empty());
  }
}
