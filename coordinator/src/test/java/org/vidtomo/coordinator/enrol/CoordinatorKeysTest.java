package org.vidtomo.coordinator.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.KeyCertificate;

final class CoordinatorKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir private Path directory;

  @Test
  void keys_areMadeOnce_andCertifiedByTheRoot() throws Exception {
    CoordinatorKeys first = load(NOW);
    CoordinatorKeys again = load(NOW);

    assertThat(again.key().publicKey().id()).isEqualTo(first.key().publicKey().id());
    assertThat(again.certificate()).isEqualTo(first.certificate());
    assertThat(
            KeyCertificate.verify(
                    first.certificate(), KeyCertificate.COORDINATOR, first.root(), NOW)
                .id())
        .isEqualTo(first.key().publicKey().id());
  }

  @Test
  void rootKey_mayBeKeptElsewhere() throws Exception {
    CoordinatorKeys first = load(NOW);
    Files.delete(directory.resolve("root.key"));

    assertThat(load(NOW).root().id()).isEqualTo(first.root().id());
  }

  @Test
  void certificate_isRenewedInTime_ifTheRootIsThere() throws Exception {
    CoordinatorKeys first = load(NOW);
    CoordinatorKeys renewed = load(NOW.plus(Duration.ofDays(380)));

    assertThat(renewed.certificate()).isNotEqualTo(first.certificate());
    assertThat(renewed.key().publicKey().id()).isEqualTo(first.key().publicKey().id());
  }

  @Test
  void certificate_thatIsOver_withoutTheRoot_isAnErrorThatSaysWhatToDo() throws Exception {
    load(NOW);
    Files.delete(directory.resolve("root.key"));

    assertThatThrownBy(() -> load(NOW.plus(Duration.ofDays(500))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("put root.key into");
  }

  @Test
  void certificate_thatEndsSoon_isWarnedOf() throws Exception {
    CoordinatorKeys keys = load(NOW);

    assertThat(keys.warning(NOW)).isEmpty();
    assertThat(keys.warning(NOW.plus(Duration.ofDays(390)))).isPresent();
    assertThat(keys.generation()).isZero();
  }

  private CoordinatorKeys load(Instant at) throws IOException {
    return CoordinatorKeys.loadOrCreate(
        directory, directory.resolve("coordinator.key"), Clock.fixed(at, ZoneOffset.UTC));
  }
}
