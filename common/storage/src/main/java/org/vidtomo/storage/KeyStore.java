package org.vidtomo.storage;

import java.util.Optional;

/** Public keys of coordinators, so that aggregators can verify assignments. */
public interface KeyStore {
  void put(CoordinatorKey key);

  Optional<CoordinatorKey> find(String keyId);
}
