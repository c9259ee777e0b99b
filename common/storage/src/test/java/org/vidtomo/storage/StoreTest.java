package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.testkit.Cassandra;

/** Every port of the store on a real Cassandra. */
class StoreTest {
  private static final Instant SLOT = Instant.parse("2026-11-21T10:15:00Z");

  private static StoreSettings settings;
  private static Store store;

  @BeforeAll
  static void openStore() throws Exception {
    Cassandra cassandra = Cassandra.shared();
    settings =
        StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
            .withKeyspace(cassandra.newKeyspaceName());
    store = Store.open(settings);
  }

  @AfterAll
  static void closeStore() {
    store.close();
  }

  @Test
  void store_opened_by_several_at_once_on_an_empty_keyspace_works() throws Exception {
    StoreSettings fresh = settings.withKeyspace(Cassandra.shared().newKeyspaceName());
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<CompletableFuture<Void>> opened = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        opened.add(CompletableFuture.runAsync(() -> openAndCheck(fresh), pool));
      }
      opened.forEach(CompletableFuture::join);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void openAndCheck(StoreSettings fresh) {
    try (Store another = Store.open(fresh)) {
      another.check();
      assertThat(another.campaigns().list()).isEmpty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cassandra_that_is_not_there_is_named_with_what_to_do() {
    StoreSettings nowhere =
        StoreSettings.of(List.of(new InetSocketAddress("127.0.0.1", 1)), "datacenter1")
            .withConnectWait(Duration.ofMillis(100));
    assertThatThrownBy(() -> Store.open(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("VIDTOMO_CASSANDRA_CONTACT_POINTS");
  }

  @Test
  void campaign_is_kept_and_moves_only_from_where_it_is_expected() {
    Campaign campaign =
        new Campaign(
            UUID.randomUUID(),
            CampaignOptions.DEFAULTS,
            CampaignStatus.RECEIVING,
            SLOT,
            3,
            0,
            Optional.empty());
    store.campaigns().insert(campaign);
    assertThat(store.campaigns().find(campaign.id())).contains(campaign);
    assertThat(store.campaigns().list()).contains(campaign);
    assertThat(
            store
                .campaigns()
                .changeStatus(
                    campaign.id(), EnumSet.of(CampaignStatus.PAUSED), CampaignStatus.RUNNING))
        .isFalse();
    assertThat(
            store
                .campaigns()
                .changeStatus(
                    campaign.id(),
                    EnumSet.of(CampaignStatus.RECEIVING, CampaignStatus.PAUSED),
                    CampaignStatus.RUNNING))
        .isTrue();
    store.campaigns().savePlan(campaign.id(), 1, "{}");
    store.campaigns().saveVideos(campaign.id(), 7);
    Campaign read = store.campaigns().find(campaign.id()).orElseThrow();
    assertThat(read.status()).isEqualTo(CampaignStatus.RUNNING);
    assertThat(read.plan()).contains("{}");
    assertThat(read.cycle()).isEqualTo(1);
    assertThat(read.videos()).isEqualTo(7);
    store.campaigns().insert(campaign);
    assertThat(store.campaigns().find(campaign.id())).contains(read);
    assertThat(store.campaigns().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void seeds_come_back_in_order_across_partitions() {
    UUID campaign = UUID.randomUUID();
    List<Seed> seeds = new ArrayList<>();
    for (long i = 0; i < 10_500; i++) {
      seeds.add(new Seed(i, "https://www.example.org/" + i, "page", "page:" + i));
    }
    store.seeds().insert(campaign, seeds);
    assertThat(store.seeds().read(campaign, 0, 10)).isEqualTo(seeds.subList(0, 10));
    assertThat(store.seeds().read(campaign, 9_990, 100)).isEqualTo(seeds.subList(9_990, 10_090));
    assertThat(store.seeds().read(campaign, 10_499, 100)).hasSize(1);
    assertThat(store.seeds().read(campaign, 10_500, 100)).isEmpty();
  }

  @Test
  void planning_again_undoes_nothing() {
    TaskRow task = task(new TaskKey(UUID.randomUUID(), 0, UUID.randomUUID()));
    Waiting.join(store.tasks().insertPlanned(List.of(task)));
    assertThat(Waiting.join(store.tasks().find(task.key()))).contains(task);
    Transition transition =
        Waiting.join(
            store
                .tasks()
                .transition(
                    task.key(),
                    EnumSet.of(TaskState.PLANNED),
                    OptionalInt.of(0),
                    TaskChange.assigned(1, "agent-1", SLOT)));
    assertThat(transition.applied()).isTrue();
    Waiting.join(store.tasks().insertPlanned(List.of(task)));
    TaskRow read = Waiting.join(store.tasks().find(task.key())).orElseThrow();
    assertThat(read.state()).isEqualTo(TaskState.QUEUED);
    assertThat(read.attempt()).isEqualTo(1);
    assertThat(read.agentId()).contains("agent-1");
  }

  @Test
  void transition_from_another_state_is_refused_and_says_which() {
    TaskRow task = task(new TaskKey(UUID.randomUUID(), 0, UUID.randomUUID()));
    Waiting.join(store.tasks().insertPlanned(List.of(task)));
    TaskChange done =
        TaskChange.done(1, UUID.randomUUID(), Outcome.FAILED, Optional.of(FailureKind.DNS_TIMEOUT));
    assertThat(transition(task.key(), EnumSet.of(TaskState.QUEUED), done))
        .isEqualTo(new Transition(false, Optional.of(TaskState.PLANNED)));
    assertThat(transition(task.key(), EnumSet.of(TaskState.PLANNED), done).applied()).isTrue();
    TaskRow read = Waiting.join(store.tasks().find(task.key())).orElseThrow();
    assertThat(read.outcome()).contains(Outcome.FAILED);
    assertThat(read.failureKind()).contains(FailureKind.DNS_TIMEOUT);
    assertThat(
            transition(
                new TaskKey(UUID.randomUUID(), 0, UUID.randomUUID()),
                EnumSet.of(TaskState.PLANNED),
                done))
        .isEqualTo(new Transition(false, Optional.empty()));
  }

  @Test
  void of_two_that_race_for_a_transition_one_wins() {
    for (int run = 0; run < 20; run++) {
      TaskRow task = task(new TaskKey(UUID.randomUUID(), 0, UUID.randomUUID()));
      Waiting.join(store.tasks().insertPlanned(List.of(task)));
      var first =
          store
              .tasks()
              .transition(
                  task.key(),
                  Set.of(TaskState.PLANNED),
                  OptionalInt.empty(),
                  TaskChange.to(TaskState.CANCELLED));
      var second =
          store
              .tasks()
              .transition(
                  task.key(),
                  Set.of(TaskState.PLANNED),
                  OptionalInt.empty(),
                  TaskChange.assigned(1, "agent-1", SLOT));
      assertThat(List.of(Waiting.join(first).applied(), Waiting.join(second).applied()))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void scan_sees_every_task_of_a_cycle_once() {
    UUID campaign = UUID.randomUUID();
    List<TaskRow> tasks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tasks.add(task(new TaskKey(campaign, 2, UUID.randomUUID())));
    }
    Waiting.join(store.tasks().insertPlanned(tasks));
    List<TaskRow> seen = new ArrayList<>();
    store.tasks().scan(campaign, 2, seen::add);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(tasks);
    store.tasks().scan(campaign, 1, row -> assertThat(row).isNull());
  }

  @Test
  void agent_is_found_by_id_and_by_key_until_it_is_revoked() {
    EnrolledAgent agent =
        new EnrolledAgent(
            "agent-" + UUID.randomUUID(),
            UUID.randomUUID().toString(),
            "key",
            "queue",
            Optional.of("Fibrelink"),
            SLOT,
            Optional.empty());
    store.agents().insert(agent);
    assertThat(store.agents().find(agent.id())).contains(agent);
    assertThat(store.agents().findByKey(agent.keyId())).contains(agent);
    assertThat(store.agents().list()).contains(agent);
    store.agents().revoke(agent.id(), SLOT);
    assertThat(store.agents().findByKey(agent.keyId()).orElseThrow().revokedAt()).contains(SLOT);
    assertThat(store.agents().findByKey("unknown")).isEmpty();
  }

  @Test
  void coordinator_key_is_kept() {
    CoordinatorKey key = new CoordinatorKey(UUID.randomUUID().toString(), "public", "certificate");
    store.keys().put(key);
    assertThat(store.keys().find(key.keyId())).contains(key);
    assertThat(store.keys().find("unknown")).isEmpty();
  }

  @Test
  void lowest_attempt_counts_in_whatever_order_reports_come() {
    Random random = new Random(3);
    for (int run = 0; run < 10; run++) {
      UUID campaign = UUID.randomUUID();
      UUID task = UUID.randomUUID();
      List<Measurement> attempts = new ArrayList<>();
      for (int attempt = 1; attempt <= 3; attempt++) {
        attempts.add(measurement(campaign, task, attempt, SLOT));
      }
      List<Measurement> arrivals = new ArrayList<>(attempts);
      arrivals.addAll(attempts);
      Collections.shuffle(arrivals, random);
      arrivals.forEach(m -> Waiting.join(store.reports().write(report(m), m)));
      List<Measurement> counted = new ArrayList<>();
      store.measurements().ofCampaign(campaign, 0, counted::add);
      assertThat(counted).containsExactly(attempts.get(0));
      assertThat(store.reportReader().ofTask(task))
          .extracting(ReportReader.TaskReport::attempt, ReportReader.TaskReport::counted)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1, true),
              org.assertj.core.groups.Tuple.tuple(2, false),
              org.assertj.core.groups.Tuple.tuple(3, false));
    }
  }

  @Test
  void report_comes_back_to_the_byte() {
    Measurement measurement = measurement(UUID.randomUUID(), UUID.randomUUID(), 1, SLOT);
    StoredReport report = report(measurement);
    Waiting.join(store.reports().write(report, measurement));
    StoredReport read = store.reportReader().find(report.reportId()).orElseThrow();
    assertThat(read.body()).isEqualTo(report.body());
    assertThat(read.signature()).isEqualTo(report.signature());
    assertThat(read.receivedAt()).isEqualTo(report.receivedAt());
    assertThat(store.reportReader().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void measurements_are_paged_latest_first_without_gap_or_repeat() {
    // A year of its own, so that other tests' rows are not seen.
    Instant start = Instant.parse("2031-03-01T22:00:00Z");
    List<Measurement> written = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Measurement m =
          measurement(
              UUID.randomUUID(), UUID.randomUUID(), 1, start.plus(Duration.ofMinutes(i / 3 * 10)));
      written.add(m);
      Waiting.join(store.reports().write(report(m), m));
    }
    Set<UUID> seen = new java.util.LinkedHashSet<>();
    MeasurementReader.Cursor cursor =
        new MeasurementReader.Cursor(start.plus(Duration.ofDays(2)), Optional.empty());
    Instant last = Instant.MAX;
    while (true) {
      List<Measurement> page = store.measurements().latest(start, cursor, 7);
      if (page.isEmpty()) {
        break;
      }
      for (Measurement m : page) {
        assertThat(seen.add(m.taskId())).isTrue();
        assertThat(m.scheduledAt()).isBeforeOrEqualTo(last);
        last = m.scheduledAt();
      }
      Measurement end = page.get(page.size() - 1);
      cursor = new MeasurementReader.Cursor(end.scheduledAt(), Optional.of(end.taskId()));
    }
    assertThat(seen).hasSize(60);
    List<Measurement> between = new ArrayList<>();
    store
        .measurements()
        .between(start.plusSeconds(600), start.plus(Duration.ofMinutes(30)), between::add);
    assertThat(between).hasSize(6);
  }

  private static Transition transition(TaskKey key, Set<TaskState> expected, TaskChange change) {
    return Waiting.join(store.tasks().transition(key, expected, OptionalInt.empty(), change));
  }

  private static TaskRow task(TaskKey key) {
    return TaskRow.planned(
        key,
        0,
        4,
        "Fibrelink",
        0,
        new Seed(4, "https://www.example.org/4", "page", "page:4"),
        SLOT,
        SLOT.plusSeconds(3600));
  }

  private static StoredReport report(Measurement measurement) {
    return new StoredReport(
        measurement.reportId(),
        measurement.agentId(),
        "key",
        new byte[] {1, 2, 3},
        measurement.reportId().toString().getBytes(StandardCharsets.UTF_8),
        "gzip",
        SLOT);
  }

  private static Measurement measurement(UUID campaign, UUID task, int attempt, Instant slot) {
    return new Measurement(
        UUID.randomUUID(),
        task,
        attempt,
        Optional.of(campaign),
        0,
        0,
        slot,
        slot.plusSeconds(attempt),
        "agent-" + attempt,
        Optional.of("Fibrelink"),
        Optional.empty(),
        OptionalLong.of(64500),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "ipv4",
        OptionalLong.empty(),
        "page",
        "page:4",
        "https://www.example.org/4",
        Optional.of("A title"),
        Outcome.OK,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        attempt == 1 ? OptionalLong.empty() : OptionalLong.of(attempt),
        OptionalDouble.of(0.1),
        OptionalInt.of(attempt),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(1_000_000L * attempt),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        1);
  }
}
