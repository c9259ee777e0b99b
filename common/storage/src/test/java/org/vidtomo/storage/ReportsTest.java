package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vidtomo.storage.MeasurementSamples.SLOT;
import static org.vidtomo.storage.MeasurementSamples.measurement;
import static org.vidtomo.storage.MeasurementSamples.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.storage.MeasurementReader.Cursor;
import org.vidtomo.storage.ReportReader.TaskReport;

class ReportsTest {
  private final Store store = TestStore.shared();
  private final UUID campaign = UUID.randomUUID();

  private void write(Measurement measurement) {
    store.reports().write(report(measurement), measurement).toCompletableFuture().join();
  }

  private List<Measurement> ofCampaign() {
    List<Measurement> found = new ArrayList<>();
    store.measurements().ofCampaign(campaign, 0, found::add);
    return found;
  }

  private List<Measurement> between(Instant from, Instant to) {
    List<Measurement> found = new ArrayList<>();
    store.measurements().between(from, to, found::add);
    found.removeIf(m -> !m.campaignId().equals(Optional.of(campaign)));
    return found;
  }

  @Test
  void reportAndMeasurement_comeBackAsWritten() {
    Measurement measured = measurement(Optional.of(campaign), UUID.randomUUID(), 1, SLOT, 1);
    StoredReport report = report(measured.reportId(), SLOT.plusMillis(7), "{\"a\":1}");
    store.reports().write(report, measured).toCompletableFuture().join();

    StoredReport found = store.reportReader().find(measured.reportId()).orElseThrow();
    assertThat(found).usingRecursiveComparison().ignoringFields("receivedAt").isEqualTo(report);
    assertThat(found.receivedAt()).isEqualTo(Instant.parse("2026-11-21T10:15:30.130Z"));
    assertThat(ofCampaign()).containsExactly(measured);
    assertThat(between(SLOT, SLOT.plusNanos(1000))).containsExactly(measured);
  }

  @Test
  void unknownReport_isEmpty() {
    assertThat(store.reportReader().find(UUID.randomUUID())).isEmpty();
    assertThat(store.reportReader().ofTask(UUID.randomUUID())).isEmpty();
  }

  static Stream<List<Integer>> orders() {
    List<List<Integer>> orders = new ArrayList<>();
    permute(new ArrayList<>(List.of(1, 2, 3)), 0, orders);
    return orders.stream();
  }

  private static void permute(List<Integer> items, int from, List<List<Integer>> found) {
    if (from == items.size()) {
      found.add(List.copyOf(items));
      return;
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, found);
      Collections.swap(items, from, i);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void lowestAttempt_countsInEveryOrderOfArrivalWithRepeats(List<Integer> order) {
    UUID task = UUID.randomUUID();
    List<Measurement> reports =
        Stream.of(1, 2, 3)
            .map(attempt -> measurement(Optional.of(campaign), task, attempt, SLOT, 1))
            .toList();
    order.forEach(attempt -> write(reports.get(attempt - 1)));
    order.forEach(attempt -> write(reports.get(attempt - 1)));

    assertThat(ofCampaign()).containsExactly(reports.get(0));
    assertThat(between(SLOT.minusSeconds(60), SLOT.plusSeconds(60)))
        .containsExactly(reports.get(0));
    assertThat(store.reportReader().ofTask(task))
        .extracting(TaskReport::attempt, TaskReport::counted)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, true),
            org.assertj.core.groups.Tuple.tuple(2, false),
            org.assertj.core.groups.Tuple.tuple(3, false));
    for (Measurement each : reports) {
      assertThat(store.reportReader().find(each.reportId())).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void twoReportsOfOneAttempt_countOnceAndTheSameOneEverywhere(List<Integer> order) {
    UUID task = UUID.randomUUID();
    List<Measurement> reports =
        Stream.of(1, 2, 3).map(i -> measurement(Optional.of(campaign), task, 2, SLOT, 1)).toList();
    order.forEach(i -> write(reports.get(i - 1)));

    UUID counted =
        store.reportReader().ofTask(task).stream()
            .filter(TaskReport::counted)
            .map(TaskReport::reportId)
            .findFirst()
            .orElseThrow();
    assertThat(ofCampaign()).extracting(Measurement::reportId).containsExactly(counted);
  }

  @Test
  void derivingAgain_replacesTheSameAttemptButNotALowerOne() {
    UUID task = UUID.randomUUID();
    UUID report1 = UUID.randomUUID();
    write(measurement(report1, Optional.of(campaign), task, 1, SLOT, 1));
    write(measurement(Optional.of(campaign), task, 2, SLOT, 9));
    assertThat(ofCampaign()).extracting(Measurement::derivationVersion).containsExactly(1);
    write(measurement(report1, Optional.of(campaign), task, 1, SLOT, 2));
    assertThat(ofCampaign()).extracting(Measurement::derivationVersion).containsExactly(2);
    write(measurement(report1, Optional.of(campaign), task, 1, SLOT, 1));
    assertThat(ofCampaign()).extracting(Measurement::derivationVersion).containsExactly(2);
  }

  @Test
  void anotherReportUnderTheSameId_doesNotReplaceTheFirst() {
    UUID id = UUID.randomUUID();
    Measurement measured = measurement(id, Optional.of(campaign), UUID.randomUUID(), 1, SLOT, 1);
    StoredReport first = report(id, SLOT, "first");
    StoredReport second = report(id, SLOT.plusSeconds(1), "second");
    for (StoredReport each : List.of(first, second, first)) {
      store.reports().write(each, measured).toCompletableFuture().join();
    }
    assertThat(store.reportReader().find(id).orElseThrow().body()).isEqualTo(first.body());
  }

  @Test
  void anotherAgentUnderTheSameId_doesNotHideTheFirst() {
    UUID id = UUID.randomUUID();
    Measurement measured = measurement(id, Optional.of(campaign), UUID.randomUUID(), 1, SLOT, 1);
    StoredReport first = report(id, SLOT, "first");
    StoredReport other =
        new StoredReport(
            id, "a", "key-2", new byte[] {4}, new byte[] {5}, "identity", SLOT.plusSeconds(1));
    store.reports().write(first, measured).toCompletableFuture().join();
    store.reports().write(other, measured).toCompletableFuture().join();
    assertThat(store.reportReader().find(id).orElseThrow().agentId()).isEqualTo(first.agentId());
  }

  @Test
  void reportWithoutACampaign_isFoundByItsSlot() {
    Instant slot = Instant.parse("2025-02-03T04:05:06Z");
    Measurement measured = measurement(Optional.empty(), UUID.randomUUID(), 1, slot, 1);
    write(measured);
    List<Measurement> found = new ArrayList<>();
    store.measurements().between(slot, slot.plusSeconds(1), found::add);
    assertThat(found).containsExactly(measured);
  }

  @Test
  void whatCannotBeStored_isRefusedAtOnce() {
    Measurement measured = measurement(Optional.of(campaign), UUID.randomUUID(), 1, SLOT, 1);
    StoredReport other = report(UUID.randomUUID(), SLOT, "{}");
    assertThatThrownBy(() -> store.reports().write(other, measured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not belong together");
    StoredReport large = report(measured.reportId(), SLOT, "x".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> store.reports().write(large, measured))
        .hasMessageContaining("at most 1048576 are allowed");
    Measurement early = measurement(Optional.of(campaign), UUID.randomUUID(), 1, Instant.EPOCH, 1);
    assertThatThrownBy(() -> store.reports().write(report(early), early))
        .hasMessageContaining("a clock is wrong");
  }

  @Test
  void latest_givesEveryMeasurementOnceTheLatestFirstPageByPage() {
    Store own = TestStore.open(TestStore.newSettings());
    try (own) {
      List<Measurement> written = spread(own);
      written.sort(java.util.Comparator.comparing(Measurement::scheduledAt).reversed());
      List<Measurement> read = new ArrayList<>();
      Cursor cursor = new Cursor(SLOT.plus(Duration.ofDays(1)), Optional.empty());
      List<Measurement> page = own.measurements().latest(Instant.EPOCH, cursor, 7);
      while (!page.isEmpty()) {
        read.addAll(page);
        Measurement last = page.get(page.size() - 1);
        cursor = new Cursor(last.scheduledAt(), Optional.of(last.taskId()));
        page = own.measurements().latest(Instant.EPOCH, cursor, 7);
      }
      assertThat(read)
          .extracting(Measurement::scheduledAt)
          .isSortedAccordingTo(java.util.Comparator.reverseOrder());
      assertThat(read).containsExactlyInAnyOrderElementsOf(written);
      assertThat(own.measurements().latest(SLOT, new Cursor(SLOT, Optional.empty()), 7)).isEmpty();
      assertThat(own.measurements().latest(SLOT, cursor(SLOT.plusSeconds(1)), 1_000))
          .hasSize(20)
          .allMatch(m -> m.scheduledAt().equals(SLOT));
    }
  }

  /** 20 in one slot, and others around it in several hours. */
  private List<Measurement> spread(Store own) {
    List<Measurement> written = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      written.add(measurement(Optional.of(campaign), UUID.randomUUID(), 1, SLOT, 1));
    }
    for (int minutes : Arrays.asList(-10_000, -200, -61, -60, -59, -1, 1, 50, 500)) {
      Instant slot = SLOT.plus(Duration.ofMinutes(minutes));
      written.add(measurement(Optional.of(campaign), UUID.randomUUID(), 1, slot, 1));
    }
    written.forEach(m -> own.reports().write(report(m), m).toCompletableFuture().join());
    return written;
  }

  private static Cursor cursor(Instant before) {
    return new Cursor(before, Optional.empty());
  }
}
