package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.KeyStore;

/** Which keys in the store may sign assignments and tickets. */
class CoordinatorTrustTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private final SigningKey root = SigningKey.generate();
  private final SigningKey key = SigningKey.generate();
  private final Keys store = new Keys();

  /** A table of keys. */
  private static final class Keys implements KeyStore {
    private final Map<String, CoordinatorKey> rows = new HashMap<>();

    @Override
    public void put(CoordinatorKey row) {
      rows.put(row.keyId(), row);
    }

    @Override
    public Optional<CoordinatorKey> find(String keyId) {
      return Optional.ofNullable(rows.get(keyId));
    }
  }

  @Test
  void key_that_the_root_certified_is_trusted() {
    lead(key, certificate(root, key, NOW.plus(YEAR), 0));

    assertThat(trusted(NOW, key)).isTrue();
  }

  @Test
  void key_that_someone_put_into_the_store_is_not() {
    lead(key, certificate(root, key, NOW.plus(YEAR), 0));
    SigningKey stranger = SigningKey.generate();

    put(stranger, "certificate");
    assertThat(trusted(NOW, stranger)).isFalse();
    put(stranger, certificate(stranger, stranger, NOW.plus(YEAR), 9));
    assertThat(trusted(NOW, stranger)).isFalse();
    put(stranger, certificate(root, key, NOW.plus(YEAR), 0));
    assertThat(trusted(NOW, stranger)).isFalse();
    assertThat(trusted(NOW, key)).isTrue();
  }

  @Test
  void key_whose_certificate_has_ended_is_trusted_for_as_long_as_reports_may_still_come() {
    lead(key, certificate(root, key, NOW, 0));

    assertThat(trusted(NOW.plus(Duration.ofDays(7)), key)).isTrue();
    assertThat(trusted(NOW.plus(Duration.ofDays(9)), key)).isFalse();
  }

  @Test
  void key_of_an_earlier_generation_is_not_trusted_as_soon_as_a_later_one_leads() {
    lead(key, certificate(root, key, NOW.plus(YEAR), 0));
    SigningKey stolen = SigningKey.generate();
    put(stolen, certificate(root, stolen, NOW.plus(YEAR), 0));
    CoordinatorTrust trust = trust(NOW);
    assertThat(trust.key(store.find(stolen.publicKey().id()).orElseThrow())).isPresent();

    lead(key, certificate(root, key, NOW.plus(YEAR), 1));

    assertThat(trust.key(store.find(stolen.publicKey().id()).orElseThrow())).isEmpty();
    assertThat(trusted(NOW, key)).isTrue();
    // Nor when the thief writes that the stolen key leads.
    CoordinatorKey before = store.find(CoordinatorKey.ROOT).orElseThrow();
    store.put(
        new CoordinatorKey(
            CoordinatorKey.ROOT,
            before.publicKey(),
            store.find(stolen.publicKey().id()).orElseThrow().certificate()));
    assertThat(trust.key(store.find(stolen.publicKey().id()).orElseThrow())).isEmpty();
  }

  @Test
  void root_that_is_told_stands_above_the_one_in_the_store() {
    SigningKey other = SigningKey.generate();
    store.put(new CoordinatorKey(CoordinatorKey.ROOT, other.publicKey().encoded(), "-"));
    SigningKey forged = SigningKey.generate();
    put(forged, certificate(other, forged, NOW.plus(YEAR), 0));
    put(key, certificate(root, key, NOW.plus(YEAR), 0));
    CoordinatorTrust told =
        CoordinatorTrust.now(
            store, Optional.of(root.publicKey()), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(told.key(store.find(forged.publicKey().id()).orElseThrow())).isEmpty();
    assertThat(told.key(store.find(key.publicKey().id()).orElseThrow())).isPresent();
  }

  @Test
  void root_signs_no_assignment() {
    lead(key, certificate(root, key, NOW.plus(YEAR), 0));

    assertThat(trust(NOW).key(store.find(CoordinatorKey.ROOT).orElseThrow())).isEmpty();
  }

  @Test
  void what_was_verified_when_it_came_is_read_with_its_key_of_then() {
    lead(key, certificate(root, key, NOW, 0));

    assertThat(
            CoordinatorTrust.whenever(store, Clock.fixed(NOW.plus(YEAR), ZoneOffset.UTC))
                .key(store.find(key.publicKey().id()).orElseThrow()))
        .isPresent();
  }

  @Test
  void keys_of_an_installation_whose_coordinator_is_older_are_trusted_as_before() {
    put(key, "certificate");

    assertThat(trusted(NOW, key)).isTrue();
  }

  private CoordinatorTrust trust(Instant now) {
    return CoordinatorTrust.now(store, Optional.empty(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private boolean trusted(Instant now, SigningKey signer) {
    return trust(now).key(store.find(signer.publicKey().id()).orElseThrow()).isPresent();
  }

  private void lead(SigningKey coordinator, String certificate) {
    put(coordinator, certificate);
    store.put(new CoordinatorKey(CoordinatorKey.ROOT, root.publicKey().encoded(), certificate));
  }

  private void put(SigningKey coordinator, String certificate) {
    store.put(
        new CoordinatorKey(
            coordinator.publicKey().id(), coordinator.publicKey().encoded(), certificate));
  }

  private static String certificate(
      SigningKey by, SigningKey key, Instant notAfter, int generation) {
    return KeyCertificate.ofCoordinator(key.publicKey(), NOW.minus(YEAR), notAfter, generation)
        .signedBy(by);
  }
}
