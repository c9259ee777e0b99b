package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.KeyStore;

/**
 * Which of the keys in the store are coordinators': those that the root certified, while their
 * certificate holds, of the latest generation. Thread-safe.
 */
public final class CoordinatorTrust {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorTrust.class);

  private final Supplier<Optional<CoordinatorKey>> stored;
  private final Optional<VerifyingKey> pinned;
  private final boolean whenever;
  private final Clock clock;
  private volatile int latest;

  private CoordinatorTrust(
      KeyStore store, Optional<VerifyingKey> pinned, boolean whenever, Clock clock) {
    requireNonNull(store, "store");
    this.stored = () -> store.find(CoordinatorKey.ROOT);
    this.pinned = requireNonNull(pinned, "pinned");
    this.whenever = whenever;
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * For what agents send now.
   *
   * @param pinned the root, where it is told; empty: the one that the coordinator wrote to the
   *     store
   */
  public static CoordinatorTrust now(KeyStore store, Optional<VerifyingKey> pinned, Clock clock) {
    return new CoordinatorTrust(store, pinned, false, clock);
  }

  /** For what was verified when it came, and is read again. */
  public static CoordinatorTrust whenever(KeyStore store, Clock clock) {
    return new CoordinatorTrust(store, Optional.empty(), true, clock);
  }

  /** The key of a row, if it is to be trusted. */
  Optional<VerifyingKey> key(CoordinatorKey row) {
    if (row.keyId().equals(CoordinatorKey.ROOT)) {
      // It certifies; it signs no assignment.
      return Optional.empty();
    }
    try {
      VerifyingKey key = VerifyingKey.decode(row.publicKey());
      if (!whenever) {
        check(row, key);
      }
      return Optional.of(key);
    } catch (TrustException e) {
      LOG.warn("a coordinator's key is not trusted key={} why={}", row.keyId(), e.getMessage());
      return Optional.empty();
    }
  }

  private void check(CoordinatorKey row, VerifyingKey key) throws TrustException {
    Optional<CoordinatorKey> known = stored.get();
    Optional<VerifyingKey> root = pinned.isPresent() ? pinned : decoded(known);
    if (root.isEmpty()) {
      // No coordinator of this version has led yet.
      return;
    }
    KeyCertificate certificate =
        KeyCertificate.read(row.certificate(), KeyCertificate.COORDINATOR, root.get());
    if (!certificate.publicKey().equals(key.encoded()) || !row.keyId().equals(key.id())) {
      throw new TrustException("the certificate is of another key");
    }
    Instant now = clock.instant();
    if (now.isAfter(certificate.notAfter().plus(Acceptance.LATEST))) {
      throw new TrustException("its certificate ended at " + certificate.notAfter());
    }
    int generation = certificate.generationNumber();
    latest = Math.max(latest, Math.max(generation, generation(known, root.get())));
    if (generation < latest) {
      throw new TrustException(
          "its certificate is of generation %d; those before %d were taken back"
              .formatted(generation, latest));
    }
  }

  private static Optional<VerifyingKey> decoded(Optional<CoordinatorKey> row)
      throws TrustException {
    return row.isPresent()
        ? Optional.of(VerifyingKey.decode(row.get().publicKey()))
        : Optional.empty();
  }

  /** Of the coordinator that led last; 0 where the root did not sign it. */
  private static int generation(Optional<CoordinatorKey> row, VerifyingKey root) {
    try {
      return row.isEmpty()
          ? 0
          : KeyCertificate.read(row.get().certificate(), KeyCertificate.COORDINATOR, root)
              .generation()
              .orElse(0);
    } catch (TrustException e) {
      return 0;
    }
  }
}
