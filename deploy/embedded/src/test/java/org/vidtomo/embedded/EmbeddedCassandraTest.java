package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraTest {

  private static final int WRITES_BEFORE_KILL = 3_000;

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
  void answeredWrites_outliveAKill() throws Exception {
    Set<Integer> answered = ConcurrentHashMap.newKeySet();
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data)) {
      insert(cassandra.contactPoint(), "first");
      try (CqlSession session = connect(cassandra.contactPoint())) {
        writeUntilKilled(session, cassandra.pid(), answered);
      }
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(WRITES_BEFORE_KILL);
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data);
        CqlSession session = connect(cassandra.contactPoint())) {
      Set<Integer> kept = new HashSet<>();
      session.execute("SELECT id FROM k.t").forEach(row -> kept.add(row.getInt("id")));
      assertThat(kept).containsAll(answered);
    }
  }

  private static void writeUntilKilled(CqlSession session, long pid, Set<Integer> answered)
      throws InterruptedException {
    PreparedStatement insert = session.prepare("INSERT INTO k.t (id, v) VALUES (?, 'kept')");
    ProcessHandle cassandra = ProcessHandle.of(pid).orElseThrow();
    Semaphore room = new Semaphore(64);
    for (int i = 2; cassandra.isAlive(); i++) {
      int id = i;
      room.acquire();
      session
          .executeAsync(insert.bind(id))
          .whenComplete(
              (rows, error) -> {
                if (error == null) {
                  answered.add(id);
                }
                room.release();
              });
      if (answered.size() >= WRITES_BEFORE_KILL) {
        cassandra.destroyForcibly();
      }
    }
    // Nothing that is still waited for is answered any more; those behind it have failed.
    room.tryAcquire(64, 5, TimeUnit.SECONDS);
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
