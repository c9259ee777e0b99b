package org.vidtomo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CassandraTest {

  @Test
  void sharedOne_takesAKeyspaceOfItsOwn() {
    Cassandra cassandra = Cassandra.shared();
    String keyspace = cassandra.newKeyspaceName();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra.contactPoint())
            .withLocalDatacenter(cassandra.localDatacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                    .build())
            .build()) {
      session.execute(
          "CREATE KEYSPACE "
              + keyspace
              + " WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
      assertThat(session.getMetadata().getKeyspace(keyspace)).isPresent();
    }
  }
}
