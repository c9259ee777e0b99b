package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.KeyStore;

/** The keys as aggregators find them in the store. */
public final class PublishedKeys {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

  private final KeyStore store;

  /** Nothing is read or written yet. */
  public PublishedKeys(KeyStore store) {
    this.store = requireNonNull(store, "store");
  }

  /**
   * Makes a coordinator's key known, and the root that certified it.
   *
   * @throws IOException when the root has taken back certificates of this one's generation
   */
  public void publish(CoordinatorKeys keys) throws IOException {
    Optional<CoordinatorKey> root = store.find(CoordinatorKey.ROOT);
    if (root.isPresent()) {
      check(keys, root.get());
    }
    VerifyingKey own = keys.key().publicKey();
    store.put(new CoordinatorKey(own.id(), own.encoded(), keys.certificate()));
    store.put(new CoordinatorKey(CoordinatorKey.ROOT, keys.root().encoded(), keys.certificate()));
  }

  private static void check(CoordinatorKeys keys, CoordinatorKey root) throws IOException {
    if (!root.publicKey().equals(keys.root().encoded())) {
      LOG.warn(
          "the installation had another root key: agents that pinned it trust this coordinator no"
              + " more, and aggregators trust no key of that root");
      return;
    }
    int latest = generation(root, keys.root());
    if (keys.generation() < latest) {
      throw new IOException(
          "this coordinator's certificate is of generation %d, and those before %d were taken back: certify its key again with vidtomo keys certify --generation %d"
              .formatted(keys.generation(), latest, latest));
    }
  }

  private static int generation(CoordinatorKey row, VerifyingKey root) {
    try {
      return KeyCertificate.read(row.certificate(), KeyCertificate.COORDINATOR, root)
          .generation()
          .orElse(0);
    } catch (TrustException e) {
      return 0;
    }
  }
}
