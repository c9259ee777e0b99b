package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
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
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data, progress::add)) {
      insert(cassandra.contactPoint(), "kept");
      assertThat(cassandra.contactPoint().getAddress().isLoopbackAddress()).isTrue();
      assertThat(cassandra.isAlive()).isTrue();
    }
    assertThat(progress).isNotEmpty().isSorted();
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data);
        CqlSession session = connect(cassandra.contactPoint())) {
      assertThat(session.execute("SELECT v FROM k.t WHERE id = 1").one().getString("v"))
          .isEqualTo("kept");
    }
  }

  @Test
  void signalsForTheWholeGroup_leaveItToItsParent() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data)) {
      for (String signal : new String[] {"-INT", "-HUP", "-TERM"}) {
        new ProcessBuilder("/bin/kill", signal, Long.toString(cassandra.pid())).start().waitFor();
      }
      insert(cassandra.contactPoint(), "served");
      assertThat(cassandra.isAlive()).isTrue();
    }
  }

  @Test
  void failedStart_tellsCassandrasOwnReasonAndWhereTheLogIs() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory)) {
      // In the place of the directory for the commit log.
      Files.createFile(data.cassandra().resolve("commitlog"));
      assertThatThrownBy(() -> EmbeddedCassandra.start(data))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("commitlog")
          .hasMessageContaining(data.log().resolve("cassandra.log").toString());
    }
  }

  static void insert(InetSocketAddress address, String value) {
    try (CqlSession session = connect(address)) {
      session.execute(
          "CREATE KEYSPACE k WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
      session.execute("INSERT INTO k.t (id, v) VALUES (1, '" + value + "')");
    }
  }

  static CqlSession connect(InetSocketAddress address) {
    return CqlSession.builder()
        .addContactPoint(address)
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(
                    DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(20))
                .build())
        .build();
  }
}
