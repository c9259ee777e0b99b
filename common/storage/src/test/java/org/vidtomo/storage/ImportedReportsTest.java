package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vidtomo.storage.MeasurementSamples.SLOT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.MeasurementReader.Page;
import org.vidtomo.storage.MeasurementReader.Place;

class ImportedReportsTest {
  private static final int ROWS = 150;

  private final Store store = TestStore.shared();
  private final UUID campaign = UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 150, 1000})
  void pagesOfACampaign_holdEachMeasurementOnce(int most) throws Exception {
    List<UUID> written = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      written.add(imported(sample(UUID.randomUUID())).taskId());
    }
    List<UUID> read = new ArrayList<>();
    Optional<Place> next = Optional.of(Place.BEGINNING);
    while (next.isPresent()) {
      Page page = store.measurements().pageOfCampaign(campaign, 0, next.get(), most);
      assertThat(page.measurements()).hasSizeLessThanOrEqualTo(most);
      page.measurements().forEach(each -> read.add(each.taskId()));
      next = page.next();
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void importedReport_isReadByItsCampaignAlone_andNamesItsDataSet() throws Exception {
    Measurement measurement = imported(sample(UUID.randomUUID()));
    StoredReport report = store.reportReader().find(measurement.reportId()).orElseThrow();
    assertThat(report.importedFrom()).contains(new UUID(0, 1).toString());
    List<Measurement> inTime = new ArrayList<>();
    store.measurements().between(SLOT.minusSeconds(1), SLOT.plusSeconds(1), inTime::add);
    assertThat(inTime).extracting(Measurement::reportId).doesNotContain(measurement.reportId());
  }

  @Test
  void verifiedReport_isNotWrittenOver_whicheverComesFirst() throws Exception {
    for (boolean importedFirst : new boolean[] {true, false}) {
      Measurement measurement = sample(UUID.randomUUID());
      StoredReport verified = MeasurementSamples.report(measurement);
      if (importedFirst) {
        imported(measurement);
      }
      await(store.reports().write(verified, measurement));
      if (!importedFirst) {
        imported(measurement);
      }
      StoredReport found = store.reportReader().find(measurement.reportId()).orElseThrow();
      assertThat(found.importedFrom()).isEmpty();
      assertThat(found.body()).isEqualTo(verified.body());
    }
  }

  @Test
  void verifiedReport_isNotTakenByTheWayOfImports() {
    Measurement measurement = sample(UUID.randomUUID());
    assertThatThrownBy(
            () ->
                store.reports().writeImported(MeasurementSamples.report(measurement), measurement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no data set");
  }

  @Test
  void importedCampaign_keepsWhereItComesFrom() {
    CampaignOrigin origin =
        new CampaignOrigin(
            UUID.randomUUID(), "a file", Instant.EPOCH, Optional.of("vidtomo"), Optional.empty());
    Campaign imported =
        new Campaign(
            campaign,
            CampaignOptions.DEFAULTS,
            CampaignStatus.FINISHED,
            Instant.EPOCH,
            3,
            0,
            Optional.empty(),
            Optional.of(origin));
    store.campaigns().insert(imported);
    store.campaigns().saveCycle(campaign, 4);
    assertThat(store.campaigns().find(campaign))
        .hasValueSatisfying(
            found -> {
              assertThat(found.origin()).contains(origin);
              assertThat(found.cycle()).isEqualTo(4);
            });
  }

  private Measurement sample(UUID task) {
    return MeasurementSamples.measurement(Optional.of(campaign), task, 1, SLOT, 1);
  }

  private Measurement imported(Measurement measurement) throws Exception {
    await(
        store
            .reports()
            .writeImported(
                StoredReport.imported(
                    new UUID(0, 1), measurement.reportId(), "agent-1", new byte[] {1}, SLOT),
                measurement));
    return measurement;
  }

  private static void await(CompletionStage<Void> written) throws Exception {
    written.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
