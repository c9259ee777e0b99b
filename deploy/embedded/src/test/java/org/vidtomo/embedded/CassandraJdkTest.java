package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraJdkTest {

  @TempDir Path directory;

  @Test
  void java17_isTakenBeforeTheRunningOneThatIsTooNew() throws IOException {
    Path running = install("25", "25.0.3");
    Path fitting = install("jvm/17", "17.0.15");
    install("jvm/11", "11.0.2");
    assertThat(find(Map.of(), running)).isEqualTo(new CassandraJdk(fitting, 17));
  }

  @Test
  void runningJava_isTakenWhenItFits() throws IOException {
    Path running = install("17", "17.0.1");
    install("jvm/17", "17.0.15");
    assertThat(find(Map.of(), running).home()).isEqualTo(running);
  }

  @Test
  void java11_isTakenBeforeJava21() throws IOException {
    Path running = install("21", "21.0.1");
    Path fitting = install("jvm/11", "11.0.2");
    assertThat(find(Map.of(), running).home()).isEqualTo(fitting);
  }

  @Test
  void namedJava_isTheOnlyOneLookedAt() throws IOException {
    Path running = install("17", "17.0.1");
    Path named = install("named", "25");
    assertThatThrownBy(() -> find(Map.of(CassandraJdk.SETTING, named.toString()), running))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(named + " (Java 25)");
  }

  @Test
  void noFittingJava_isToldWithWhatWasLookedAtAndWhatToInstall() throws IOException {
    Path running = install("25", "25.0.3");
    install("jvm/8", "1.8.0_412");
    assertThatThrownBy(() -> find(Map.of(), running))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(running + " (Java 25)")
        .hasMessageContaining("jvm/8 (Java 8)")
        .hasMessageContaining("openjdk-17")
        .hasMessageContaining(CassandraJdk.SETTING);
  }

  private CassandraJdk find(Map<String, String> environment, Path running) {
    return CassandraJdk.find(environment, running, List.of(directory.resolve("jvm")));
  }

  private Path install(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
