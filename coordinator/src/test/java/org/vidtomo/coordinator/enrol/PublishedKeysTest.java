package org.vidtomo.coordinator.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.KeyStore;

/** What a coordinator tells aggregators of its key when it begins to lead. */
class PublishedKeysTest {
  @TempDir Path directory;

  private final Map<String, CoordinatorKey> rows = new HashMap<>();
  private final KeyStore store =
      new KeyStore() {
        @Override
        public void put(CoordinatorKey row) {
          rows.put(row.keyId(), row);
        }

        @Override
        public Optional<CoordinatorKey> find(String keyId) {
          return Optional.ofNullable(rows.get(keyId));
        }
      };

  @Test
  void key_and_root_are_told_at_each_start() throws Exception {
    CoordinatorKeys keys = load();
    new PublishedKeys(store).publish(keys);
    new PublishedKeys(store).publish(load());

    assertThat(rows).containsOnlyKeys(keys.key().publicKey().id(), CoordinatorKey.ROOT);
    assertThat(rows.get(CoordinatorKey.ROOT).publicKey()).isEqualTo(keys.root().encoded());
  }

  @Test
  void coordinator_whose_generation_was_taken_back_does_not_lead() throws Exception {
    CoordinatorKeys old = load();
    SigningKey root = KeyFiles.load(directory.resolve(CoordinatorKeys.ROOT_KEY));
    CoordinatorKeys next = certified(root, old.key(), 1);
    new PublishedKeys(store).publish(next);

    assertThatThrownBy(() -> new PublishedKeys(store).publish(old))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--generation 1");
    assertThat(rows.get(CoordinatorKey.ROOT).certificate()).isEqualTo(next.certificate());
  }

  @Test
  void another_root_takes_over_since_it_may_be_meant() throws Exception {
    new PublishedKeys(store).publish(load());
    SigningKey other = SigningKey.generate();
    CoordinatorKeys anew = certified(other, SigningKey.generate(), 0);

    new PublishedKeys(store).publish(anew);

    assertThat(rows.get(CoordinatorKey.ROOT).publicKey()).isEqualTo(other.publicKey().encoded());
  }

  private CoordinatorKeys load() throws IOException {
    return CoordinatorKeys.loadOrCreate(
        directory, directory.resolve("coordinator.key"), Clock.systemUTC());
  }

  private static CoordinatorKeys certified(SigningKey root, SigningKey key, int generation) {
    Instant now = Instant.now();
    String certificate =
        KeyCertificate.ofCoordinator(
                key.publicKey(), now.minusSeconds(60), now.plus(Duration.ofDays(1)), generation)
            .signedBy(root);
    return new CoordinatorKeys(key, certificate, root.publicKey());
  }
}
