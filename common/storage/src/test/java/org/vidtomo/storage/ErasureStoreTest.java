package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.storage.MeasurementSamples.SLOT;
import static org.vidtomo.storage.MeasurementSamples.measurement;
import static org.vidtomo.storage.MeasurementSamples.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.storage.ReportReader.TaskReport;

/** Agents are called after their attempt: {@code agent-7} is the one that goes. */
class ErasureStoreTest {
  private static final int GOING = 7;
  private static final int STAYING = 1;
  private static final int EARLY = 3;

  private final Store store = TestStore.shared();
  private final UUID campaign = UUID.randomUUID();

  @Test
  void reports_of_an_agent_go_with_all_that_was_derived_from_them_and_others_stay()
      throws Exception {
    UUID alone = UUID.randomUUID();
    UUID shared = UUID.randomUUID();
    Measurement only = write(alone, GOING);
    Measurement late = write(shared, GOING);
    Measurement counts = write(shared, STAYING);
    Measurement others = write(UUID.randomUUID(), STAYING);
    store.index().dirty().forEach(store.index()::clear);

    assertThat(erase()).isEqualTo(2);

    assertThat(store.reportReader().find(only.reportId())).isEmpty();
    assertThat(store.reportReader().find(late.reportId())).isEmpty();
    assertThat(store.reportReader().find(others.reportId())).isPresent();
    assertThat(store.reportReader().ofTask(alone)).isEmpty();
    assertThat(store.reportReader().ofTask(shared))
        .extracting(TaskReport::agentId)
        .containsExactly("agent-" + STAYING);
    assertThat(measurements()).containsExactlyInAnyOrder(counts, others);
    List<Measurement> bySlot = new ArrayList<>();
    store.measurements().between(SLOT, SLOT.plusSeconds(1), bySlot::add);
    assertThat(bySlot).doesNotContain(only, late).contains(counts, others);
    assertThat(store.index().dirty())
        .extracting(IndexStore.DirtyHour::hour)
        .contains(Schema.hour(SLOT));
    assertThat(erase()).isZero();
  }

  @Test
  void report_that_spells_its_ids_and_times_otherwise_goes_with_what_was_derived_from_it()
      throws Exception {
    ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
    id.putLong(campaign.getMostSignificantBits()).putLong(campaign.getLeastSignificantBits());
    String coded = Base64.getEncoder().encodeToString(id.array());
    Measurement odd =
        write(
            UUID.randomUUID(),
            GOING,
            "{\"assignment\":{\"campaignId\":\"%s\",\"cycle\":0,\"scheduledAt\":%d.000}}"
                .formatted(coded, SLOT.getEpochSecond()));

    assertThat(erase()).isEqualTo(1);

    assertThat(store.reportReader().find(odd.reportId())).isEmpty();
    assertThat(measurements()).isEmpty();
  }

  @Test
  void wish_is_kept_with_how_far_it_has_come() {
    String agent = "a-" + UUID.randomUUID();
    Erasure begun = Erasure.of(agent, Instant.parse("2026-11-22T02:00:00Z"));
    store.erasures().put(begun);
    assertThat(store.erasures().find(agent)).contains(begun);
    assertThat(store.erasures().pending()).contains(begun);

    Erasure later = begun;
    for (int range = 0; range < ErasureStore.RANGES; range++) {
      assertThat(later.nextRange()).isEqualTo(range);
      later = later.after(2, range < EARLY);
    }
    assertThat(later.passes()).isEqualTo(1);
    assertThat(later.nextRange()).isZero();
    assertThat(later.reports()).isEqualTo(2L * ErasureStore.RANGES);
    store.erasures().put(later);
    assertThat(store.erasures().find(agent)).contains(later);

    Erasure done = later.doneAt(Instant.parse("2026-11-22T02:02:00Z"));
    store.erasures().put(done);
    assertThat(store.erasures().find(agent)).contains(done);
    assertThat(store.erasures().pending()).doesNotContain(begun, done);
  }

  @Test
  void ranges_that_were_gone_over_while_reports_were_under_way_are_gone_over_again_and_no_others() {
    Erasure erasure = Erasure.of("a", Instant.parse("2026-11-22T02:00:00Z"));
    for (int range = 0; range < ErasureStore.RANGES; range++) {
      erasure = erasure.after(0, range < EARLY);
    }
    for (int range = 0; range < EARLY; range++) {
      assertThat(erasure.complete()).isFalse();
      assertThat(erasure.nextRange()).isEqualTo(range);
      erasure = erasure.after(1, false);
    }
    assertThat(erasure.complete()).isTrue();
    assertThat(erasure.reports()).isEqualTo(EARLY);
  }

  @Test
  void reports_that_are_gone_over_late_enough_need_no_second_pass() {
    Erasure erasure = Erasure.of("a", Instant.parse("2026-11-22T02:00:00Z"));
    for (int range = 0; range < ErasureStore.RANGES; range++) {
      assertThat(erasure.complete()).isFalse();
      erasure = erasure.after(0, false);
    }
    assertThat(erasure.complete()).isTrue();
  }

  @Test
  void agent_that_is_forgotten_stays_revoked() {
    EnrolledAgent agent =
        new EnrolledAgent(
            "a-" + UUID.randomUUID(),
            "key-" + UUID.randomUUID(),
            "public",
            "queue",
            Optional.of("Fibrelink"),
            Instant.parse("2026-11-22T02:00:00Z"),
            Optional.of(Instant.parse("2026-11-22T02:01:00Z")));
    store.agents().insert(agent);

    store.erasures().forget(agent.id());

    EnrolledAgent left = store.agents().findByKey(agent.keyId()).orElseThrow();
    assertThat(left.provider()).isEmpty();
    assertThat(left.revokedAt()).isPresent();
  }

  private long erase() {
    long reports = 0;
    for (int range = 0; range < ErasureStore.RANGES; range++) {
      reports += store.erasures().erase("agent-" + GOING, range);
    }
    return reports;
  }

  private List<Measurement> measurements() {
    List<Measurement> found = new ArrayList<>();
    store.measurements().ofCampaign(campaign, 0, found::add);
    return found;
  }

  private Measurement write(UUID task, int attempt) throws Exception {
    return write(
        task,
        attempt,
        "{\"assignment\":{\"taskId\":\"%s\",\"campaignId\":\"%s\",\"cycle\":0,\"scheduledAt\":\"%s\"}}"
            .formatted(task, campaign, SLOT));
  }

  private Measurement write(UUID task, int attempt, String body) throws Exception {
    Measurement measurement = measurement(Optional.of(campaign), task, attempt, SLOT, 1);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    StoredReport plain = report(measurement);
    StoredReport stored =
        new StoredReport(
            plain.reportId(),
            measurement.agentId(),
            plain.keyId(),
            plain.signature(),
            compressed.toByteArray(),
            "gzip",
            plain.receivedAt());
    store.reports().write(stored, measurement).toCompletableFuture().join();
    return measurement;
  }
}
