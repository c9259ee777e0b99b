package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.Door;

class StoreOutageTest {

  @Test
  void store_saysThatCassandraIsGoneAndWorksAgainOnceItIsBack() throws Exception {
    StoreSettings direct = TestStore.newSettings();
    try (Door door = open();
        Store store = Store.open(through(door, direct))) {
      store.check();
      door.shut();
      assertThatThrownBy(store::check)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("asking Cassandra for its version failed");
      assertThatThrownBy(() -> store.keys().find("key"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("reading coordinator key key failed")
          .hasMessageContaining(direct.keyspace());
      door.openTo(Cassandra.shared().contactPoint());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(store::check);
      assertThat(store.keys().find("key")).isEmpty();
    }
  }

  @Test
  void transitionsWhoseAnswersAreLate_areFoundOutToBeApplied() throws Exception {
    StoreSettings direct = TestStore.sharedSettings();
    TaskStore plain = TestStore.shared().tasks();
    List<TaskRow> rows = TasksTest.ofOnePartition(UUID.randomUUID(), 30);
    plain.insertPlanned(rows).toCompletableFuture().join();
    try (Door door = open();
        Store store = TestStore.open(through(door, direct))) {
      door.hold();
      List<CompletableFuture<Transition>> moves =
          rows.stream()
              .map(
                  row ->
                      store
                          .tasks()
                          .transition(
                              row.key(),
                              Set.of(TaskState.PLANNED),
                              OptionalInt.of(0),
                              TaskChange.assigned(1, "a1", row.expiresAt()))
                          .toCompletableFuture())
              .toList();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> queued(plain, rows) > 0);
      long asked = door.bytesIn();
      // The driver gives up waiting, and the store looks at the row.
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> door.bytesIn() > asked);
      door.release();
      assertThat(moves).allMatch(move -> move.join().applied());
      assertThat(queued(plain, rows)).isEqualTo(rows.size());
    }
  }

  private static long queued(TaskStore tasks, List<TaskRow> rows) {
    return rows.stream()
        .map(row -> tasks.find(row.key()).toCompletableFuture().join().orElseThrow())
        .filter(row -> row.state() == TaskState.QUEUED)
        .count();
  }

  @Test
  void storeInAnotherDatacentre_isToldWhichThereAre() {
    StoreSettings settings =
        StoreSettings.of(List.of(Cassandra.shared().contactPoint()), "elsewhere")
            .withConnectWait(Duration.ofSeconds(1));
    assertThatThrownBy(() -> Store.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(Cassandra.shared().localDatacenter());
  }

  private static Door open() {
    Door door = new Door();
    door.openTo(Cassandra.shared().contactPoint());
    return door;
  }

  private static StoreSettings through(Door door, StoreSettings settings) {
    return new StoreSettings(
        List.of(door.address()),
        settings.localDatacenter(),
        settings.keyspace(),
        settings.replication(),
        settings.username(),
        settings.password(),
        settings.connectWait(),
        Duration.ofSeconds(2));
  }
}
