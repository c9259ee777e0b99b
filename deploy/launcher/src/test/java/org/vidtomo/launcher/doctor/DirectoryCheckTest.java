package org.vidtomo.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.runtime.files.PrivateFiles;

class DirectoryCheckTest {
  private static final long PLENTY = 1L << 40;

  @TempDir Path directory;

  @Test
  void directory_with_room_and_closed_secrets_is_well() throws IOException {
    PrivateFiles.write(directory.resolve("keys").resolve("root.key"), "secret");
    Files.writeString(directory.resolve("policy.properties"), "");

    Finding found = look(directory, PLENTY);

    assertThat(found.status()).isEqualTo(Finding.Status.OK);
    assertThat(found.saw()).contains(directory.toString()).contains("1099.5 GB free");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void little_room_is_a_warning_and_none_is_a_failure() throws IOException {
    assertThat(look(directory, 900L << 20).status()).isEqualTo(Finding.Status.WARNING);
    Finding full = look(directory, 0);
    assertThat(full.status()).isEqualTo(Finding.Status.FAILED);
    assertThat(full.toDo().orElseThrow()).contains("make room");
  }

  @Test
  void directory_that_is_yet_to_be_made_is_judged_by_where_it_will_be() throws IOException {
    Finding found = look(directory.resolve("a/b"), PLENTY);

    assertThat(found.status()).isEqualTo(Finding.Status.OK);
    assertThat(found.saw()).contains("yet to be made");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void place_that_cannot_be_written_is_a_failure() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    Finding found = look(file.resolve("data"), PLENTY);

    assertThat(found.status()).isEqualTo(Finding.Status.FAILED);
    assertThat(found.saw()).contains("cannot write in " + file);
  }

  @Test
  void secret_that_others_may_read_is_a_failure_that_says_how_to_close_it() throws IOException {
    Path token = Files.createDirectory(directory.resolve("keys")).resolve("admin.token");
    Files.writeString(token, "secret");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));

    Finding found = look(directory, PLENTY);

    assertThat(found.status()).isEqualTo(Finding.Status.FAILED);
    assertThat(found.toDo().orElseThrow()).startsWith("chmod 600 " + token);
  }

  private static Finding look(Path directory, long free) throws IOException {
    return new DirectoryCheck(directory, path -> free).look();
  }
}
