package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.TaskState;

/** A process of this version beside newer ones that have added columns and tables. */
class NewerSchemaTest {
  private static final Instant SLOT = Instant.parse("2026-11-21T10:00:00Z");
  private final StoreSettings settings = TestStore.newSettings();
  private UUID campaign;

  @Test
  void statements_preparedBeforeAMigration_workAfterIt_asDoThoseOfAProcessStartedThen()
      throws Exception {
    try (Store before = Store.open(settings)) {
      UUID first = use(before);
      migrateLater();
      assertThat(before.campaigns().find(first)).isPresent();
      use(before);
      try (Store after = Store.open(settings)) {
        assertThat(after.campaigns().list()).hasSize(2);
        use(after);
      }
      assertThat(before.campaigns().list()).hasSize(3);
    }
  }

  /** Columns sort by their names: these come before, between and after the known ones. */
  private void migrateLater() {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withKeyspace(settings.keyspace())
            .build()) {
      session.setSchemaMetadataEnabled(false);
      for (String table :
          List.of(Schema.CAMPAIGN_BY_ID, Schema.TASK_BY_CYCLE, Schema.AGENT_BY_ID)) {
        run(session, "ALTER TABLE %s ADD (aaa text, m_later bigint, zzz blob)".formatted(table));
        run(session, "SELECT * FROM " + table);
      }
      run(session, "CREATE TABLE later (id uuid PRIMARY KEY, what text)");
      run(session, "INSERT INTO schema_migration (name) VALUES ('9999-later')");
      run(session, "UPDATE campaign_by_id SET aaa = 'x', m_later = 1 WHERE id = " + campaign);
    }
  }

  private static void run(CqlSession session, String cql) {
    session.execute(SimpleStatement.newInstance(cql).setTimeout(Duration.ofSeconds(30)));
  }

  /** Writes and reads what the roles write and read. */
  private UUID use(Store store) {
    campaign = UUID.randomUUID();
    store
        .campaigns()
        .insert(
            new Campaign(
                campaign,
                CampaignOptions.DEFAULTS,
                CampaignStatus.RUNNING,
                SLOT,
                1,
                0,
                Optional.of("{}")));
    TaskKey key = new TaskKey(campaign, 0, UUID.randomUUID());
    Seed seed = new Seed(0, "https://video.example.org/1", "page", "url:1");
    TaskRow row = TaskRow.planned(key, 0, 0, "alpha", 0, seed, SLOT, SLOT.plus(Duration.ofDays(1)));
    store.tasks().insertPlanned(List.of(row)).toCompletableFuture().join();
    Transition moved =
        store
            .tasks()
            .transition(
                key,
                EnumSet.of(TaskState.PLANNED),
                OptionalInt.of(0),
                TaskChange.assigned(1, "agent", SLOT))
            .toCompletableFuture()
            .join();
    assertThat(moved.applied()).isTrue();
    List<TaskRow> rows = new ArrayList<>();
    store.tasks().scan(campaign, 0, rows::add);
    assertThat(rows)
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.state()).isEqualTo(TaskState.QUEUED);
              assertThat(found.agentId()).contains("agent");
              assertThat(found.url()).isEqualTo("https://video.example.org/1");
            });
    EnrolledAgent agent =
        new EnrolledAgent(
            "agent-" + campaign,
            "key-" + campaign,
            "public",
            "queue",
            Optional.of("alpha"),
            SLOT,
            Optional.empty());
    store.agents().insert(agent);
    assertThat(store.agents().findByKey("key-" + campaign)).contains(agent);
    Leader leader = new Leader(1, "me", UUID.randomUUID());
    store.leader().replace(store.leader().find(), leader);
    assertThat(store.leader().find()).contains(leader);
    return campaign;
  }
}
