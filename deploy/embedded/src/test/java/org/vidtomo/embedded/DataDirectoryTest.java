package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path directory;

  @Test
  void directory_isMadeWithItsPartsForItsOwnerAlone() throws IOException {
    try (DataDirectory data = DataDirectory.open(directory.resolve("new/data"))) {
      assertThat(data.path()).isAbsolute();
      assertThat(data.broker()).isDirectory();
      assertThat(data.cassandra()).isDirectory();
      assertThat(data.log()).isDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.keys())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void directoryInUse_isRefusedNamingItAndTheProcess() {
    try (DataDirectory data = DataDirectory.open(directory)) {
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining(data.path().toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void closedDirectory_canBeOpenedAgain() {
    DataDirectory.open(directory).close();
    DataDirectory.open(directory).close();
  }

  @Test
  void pathThatIsAFile_isRefusedNamingIt() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("Cannot write to the data directory " + file)
        .hasMessageContaining("--data");
  }

  @Test
  void nearlyFullDisk_isRefusedSayingWhatIsLeft() {
    assertThatThrownBy(() -> DataDirectory.open(directory, Long.MAX_VALUE))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("MB left")
        .hasMessageContaining("Free some space");
    DataDirectory.open(directory).close();
  }
}
