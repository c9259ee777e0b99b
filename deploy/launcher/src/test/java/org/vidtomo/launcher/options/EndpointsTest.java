package org.vidtomo.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.runtime.settings.Settings;

class EndpointsTest {
  private static final Map<String, String> SAID =
      Map.of(
          "coordinator", "http://127.0.0.1:9081",
          "token.file", "/data/keys/admin.token",
          "dashboard", "http://127.0.0.1:9080",
          "amqp.uri", "amqp://u:p@127.0.0.1:9672/vidtomo",
          "cassandra.contact.points", "127.0.0.1:9042",
          "cassandra.keyspace", "vidtomo");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("home").resolve("endpoints.properties");
  }

  @Test
  void file_is_read_back_and_only_its_owner_may_read_it() throws IOException {
    Endpoints written = Endpoints.ofThisProcess(Path.of("/data dir/ä"), SAID);
    try (Closeable held = Endpoints.hold(file())) {
      assertThat(held).isNotNull();
      written.write(file());
      assertThat(Endpoints.running(file())).contains(written);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(written.toString()).doesNotContain("u:p");
  }

  @Test
  void file_whose_lock_nobody_holds_is_not_believed() throws IOException {
    assertThat(Endpoints.running(file())).isEmpty();
    Endpoints.ofThisProcess(Path.of("/data"), SAID).write(file());
    assertThat(Endpoints.running(file())).isEmpty();

    Endpoints.hold(file()).close();
    assertThat(Endpoints.running(file())).isEmpty();
    Endpoints.hold(file()).close();
  }

  @Test
  void damaged_file_is_an_error_that_says_what_to_do() throws IOException {
    Files.createDirectories(file().getParent());
    Files.createFile(
        file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file(), "pid=none\n");

    assertThatThrownBy(() -> Endpoints.read(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("remove it");
  }

  @Test
  void what_is_set_stands_above_and_takes_its_group_with_it() throws IOException {
    Endpoints endpoints = Endpoints.ofThisProcess(Path.of("/data"), SAID);

    Settings none = endpoints.below(Settings.of(Map.of()), file());
    assertThat(none.string("coordinator")).contains("http://127.0.0.1:9081");
    assertThat(none.string("token.file")).contains("/data/keys/admin.token");
    assertThat(none.string("amqp.uri")).contains("amqp://u:p@127.0.0.1:9672/vidtomo");

    Settings other =
        endpoints.below(
            Settings.of(
                Map.of(
                    "coordinator", "https://elsewhere:8081", "cassandra.contact.points", "db:1")),
            file());
    assertThat(other.string("coordinator")).contains("https://elsewhere:8081");
    assertThat(other.string("token.file")).as("a token for another server").isEmpty();
    assertThat(other.string("cassandra.keyspace")).isEmpty();
    assertThat(other.string("dashboard")).contains("http://127.0.0.1:9080");
  }
}
