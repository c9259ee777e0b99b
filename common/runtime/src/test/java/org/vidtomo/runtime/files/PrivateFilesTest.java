package org.vidtomo.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.SigningKey;

class PrivateFilesTest {
  @TempDir Path directory;

  @Test
  void key_isMadeOnce_forItsOwnerOnly() throws IOException {
    Path file = directory.resolve("deep/er/key");
    SigningKey made = KeyFiles.loadOrCreate(file);

    assertThat(KeyFiles.loadOrCreate(file).publicKey().id()).isEqualTo(made.publicKey().id());
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void key_thatOthersMayRead_isRefusedSayingWhatToDo() throws IOException {
    Path file = directory.resolve("key");
    KeyFiles.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> KeyFiles.load(file)).hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void damagedKey_isRefused() throws IOException {
    Path file = directory.resolve("key");
    PrivateFiles.write(file, "nonsense");

    assertThatThrownBy(() -> KeyFiles.loadOrCreate(file)).hasMessageContaining(file.toString());
  }

  @Test
  void token_madeByManyAtOnce_isOne() {
    Path file = directory.resolve("token");
    Set<String> tokens = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 16)
        .parallel()
        .forEach(
            i -> {
              try {
                tokens.add(Tokens.loadOrCreate(file));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    assertThat(tokens).singleElement().asString().hasSize(43);
  }

  @Test
  void tokens_areCompared() {
    assertThat(Tokens.same("abc", "abc")).isTrue();
    assertThat(Tokens.same("abc", "abd")).isFalse();
    assertThat(Tokens.same("", "abd")).isFalse();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
