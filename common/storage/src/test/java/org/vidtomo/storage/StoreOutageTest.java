package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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
