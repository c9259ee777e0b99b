package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;

class SchemaTest {
  private final StoreSettings settings = TestStore.newSettings();

  private void execute(String cql) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withKeyspace(settings.keyspace())
            .build()) {
      session.execute(SimpleStatement.newInstance(cql).setTimeout(Duration.ofSeconds(30)));
    }
  }

  @Test
  void secondOpening_findsWhatTheFirstLeft() throws InterruptedException {
    CoordinatorKey key = new CoordinatorKey("k", "public", "certificate");
    try (Store first = Store.open(settings)) {
      first.keys().put(key);
    }
    try (Store second = Store.open(settings)) {
      assertThat(second.keys().find("k")).contains(key);
    }
  }

  @Test
  void schemaOfANewerVersion_isLeftAloneAndWorks() throws InterruptedException {
    Store.open(settings).close();
    execute("ALTER TABLE campaign_by_id ADD later text");
    execute("INSERT INTO schema_migration (name) VALUES ('9999-later')");
    try (Store store = Store.open(settings)) {
      assertThat(store.campaigns().list()).isEmpty();
    }
  }

  @Test
  void lifetimes_areThoseOfTheSettings_andStayWhereTheseSayNothing() throws InterruptedException {
    Optional<Duration> month = Optional.of(Duration.ofDays(30));
    Store.open(settings.withLifetimes(new Lifetimes(Optional.empty(), month))).close();
    assertThat(secondsToLive("measurement_by_slot")).isEqualTo(30 * 86_400);
    assertThat(secondsToLive("index_block")).isEqualTo(30 * 86_400);
    assertThat(secondsToLive("slot_hour")).isEqualTo(60 * 86_400);
    assertThat(secondsToLive("report_by_id")).isZero();
    Store.open(settings).close();
    assertThat(secondsToLive("measurement_by_slot")).isEqualTo(30 * 86_400);
    Optional<Duration> forEver = Optional.of(Duration.ZERO);
    Store.open(settings.withLifetimes(new Lifetimes(month, forEver))).close();
    assertThat(secondsToLive("measurement_by_slot")).isZero();
    assertThat(secondsToLive("report_by_id")).isEqualTo(30 * 86_400);
    assertThat(secondsToLive("task_by_cycle")).isZero();
  }

  private int secondsToLive(String table) throws InterruptedException {
    try (CqlSession session = new SessionOpener(settings).open()) {
      return session
          .execute(
              "SELECT default_time_to_live FROM system_schema.tables"
                  + " WHERE keyspace_name = '%s' AND table_name = '%s'"
                      .formatted(settings.keyspace(), table))
          .one()
          .getInt(0);
    }
  }

  @Test
  void halfAppliedMigration_isFinished() throws InterruptedException {
    Store.open(settings).close();
    execute("DROP TABLE slot_hour");
    execute("DELETE FROM schema_migration WHERE name = '0002-slots'");
    try (Store store = Store.open(settings)) {
      assertThat(
              store
                  .measurements()
                  .latest(
                      Instant.EPOCH,
                      new MeasurementReader.Cursor(Instant.now(), Optional.empty()),
                      1))
          .isEmpty();
    }
  }

  @Test
  void stateThatThisVersionDoesNotKnow_isAnErrorAndNotTakenForAnother()
      throws InterruptedException {
    try (Store store = Store.open(settings)) {
      UUID id = UUID.randomUUID();
      store
          .campaigns()
          .insert(
              new Campaign(
                  id,
                  CampaignOptions.DEFAULTS,
                  CampaignStatus.RUNNING,
                  Instant.EPOCH,
                  0,
                  0,
                  Optional.empty()));
      execute("UPDATE campaign_by_id SET status = 'dreaming' WHERE id = " + id + " IF EXISTS");
      assertThatThrownBy(() -> store.campaigns().find(id))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("dreaming")
          .hasMessageContaining("upgrade this process");
    }
  }

  @Test
  void keyOfAnAgent_staysItsOwnWhoeverEnrolsWithItLater() throws InterruptedException {
    try (Store store = Store.open(settings)) {
      EnrolledAgent owner = agent("zoe");
      store.agents().insert(owner);
      store.agents().insert(agent("adam"));
      assertThat(store.agents().findByKey("key")).contains(owner);
    }
  }

  private static EnrolledAgent agent(String id) {
    return new EnrolledAgent(
        id, "key", "public", "queue-" + id, Optional.empty(), Instant.EPOCH, Optional.empty());
  }
}
