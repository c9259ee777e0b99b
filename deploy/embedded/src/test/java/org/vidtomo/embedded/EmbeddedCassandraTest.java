package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraTest {

  @TempDir Path directory;

  @Test
  void secondStartOnTheSameDirectory_resumesItsData() {
    List<Duration> progress = new ArrayList<>();
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data, progress::add);
        CqlSession session = connect(cassandra)) {
      session.execute(
          "CREATE KEYSPACE k WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
      session.execute("INSERT INTO k.t (id, v) VALUES (1, 'kept')");
    }
    assertThat(progress).isNotEmpty().isSorted();
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data);
        CqlSession session = connect(cassandra)) {
      assertThat(session.execute("SELECT v FROM k.t WHERE id = 1").one().getString("v"))
          .isEqualTo("kept");
    }
  }

  private static CqlSession connect(EmbeddedCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(cassandra.localDatacenter())
        .build();
  }
}
