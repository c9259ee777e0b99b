package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Ports;

class StoreProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StoreSettings settings = TestStore.newSettings();

  @Test
  void missing_keyspace_is_seen_and_stays_missing() {
    try (StoreProbe probe = StoreProbe.open(settings, PATIENCE)) {
      assertThat(probe.cluster().version()).matches("[45]\\..*");
      assertThat(probe.cluster().up()).isEqualTo(probe.cluster().nodes());
      assertThat(probe.schemaAgreed()).isTrue();
      assertThat(probe.schema().keyspace()).isFalse();
      assertThat(probe.schema().missing()).isEqualTo(Schema.MIGRATIONS);
      assertThat(probe.schema().keyspace()).isFalse();
      assertThatThrownBy(probe::readAndWrite).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void schema_and_rights_are_seen_and_nothing_is_changed() throws InterruptedException {
    Store.open(settings).close();
    execute("DELETE FROM schema_migration WHERE name = '0002-slots'");
    execute("INSERT INTO schema_migration (name) VALUES ('9999-later')");

    try (StoreProbe probe = StoreProbe.open(settings, PATIENCE)) {
      assertThat(probe.schema().keyspace()).isTrue();
      assertThat(probe.schema().missing()).containsExactly("0002-slots");
      assertThat(probe.schema().newer()).containsExactly("9999-later");
      probe.readAndWrite();
      probe.create();
      assertThat(probe.schema().missing()).containsExactly("0002-slots");
    }
  }

  @Test
  void cassandra_that_is_not_there_is_an_error_at_once() {
    StoreSettings nowhere =
        StoreSettings.of(
            List.of(new InetSocketAddress("127.0.0.1", Ports.free())), settings.localDatacenter());
    assertThatThrownBy(() -> StoreProbe.open(nowhere, PATIENCE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no node answers");
  }

  @Test
  void wrong_data_centre_is_an_error_that_names_the_right_one() {
    StoreSettings elsewhere = StoreSettings.of(settings.contactPoints(), "elsewhere");
    assertThatThrownBy(() -> StoreProbe.open(elsewhere, PATIENCE))
        .hasMessageContaining("elsewhere")
        .hasMessageContaining(settings.localDatacenter());
  }

  private void execute(String cql) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withKeyspace(settings.keyspace())
            .build()) {
      session.execute(SimpleStatement.newInstance(cql).setTimeout(PATIENCE));
    }
  }
}
