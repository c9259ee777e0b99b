package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraClasspathTest {

  @TempDir Path directory;

  @Test
  void builtCheckout_hasThemBesideTheModule() {
    assertThat(CassandraClasspath.find(Map.of())).hasSizeGreaterThan(50).isSorted();
  }

  @Test
  void namedDirectory_isTakenBeforeAll() throws Exception {
    Path jar = Files.createFile(directory.resolve("cassandra-all-9.jar"));
    Files.createFile(directory.resolve("notes.txt"));
    assertThat(CassandraClasspath.find(Map.of(CassandraClasspath.SETTING, directory.toString())))
        .containsExactly(jar);
  }

  @Test
  void distribution_hasThemBelowItsJars() throws Exception {
    Path jars = Files.createDirectories(directory.resolve("lib/cassandra"));
    Path jar = Files.createFile(jars.resolve("cassandra-all-9.jar"));
    Path own = Files.createDirectories(directory.resolve("lib/vidtomo")).resolve("embedded.jar");
    assertThat(CassandraClasspath.find(Map.of(), own)).containsExactly(jar);
  }

  @Test
  void missingJars_areToldWithThePlacesLookedAt() {
    assertThatThrownBy(() -> CassandraClasspath.find(Map.of(), directory.resolve("a.jar")))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(directory.resolve("lib/cassandra").toString())
        .hasMessageContaining("./mvnw")
        .hasMessageContaining(CassandraClasspath.SETTING);
  }
}
