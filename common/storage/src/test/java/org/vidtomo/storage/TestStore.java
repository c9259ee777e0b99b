package org.vidtomo.storage;

import java.util.List;
import org.vidtomo.testkit.Cassandra;

/** A store in a keyspace of its own, on a real Cassandra. */
final class TestStore {
  private TestStore() {}

  static StoreSettings newSettings() {
    Cassandra cassandra = Cassandra.shared();
    return StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
        .withKeyspace(cassandra.newKeyspaceName());
  }

  /** One for the tests that choose ids of their own. Ends with the JVM. */
  static Store shared() {
    return Shared.STORE;
  }

  static Store open(StoreSettings settings) {
    try {
      return Store.open(settings);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where {@link #shared()} is, for a second process's part. */
  static StoreSettings sharedSettings() {
    return Shared.SETTINGS;
  }

  private static final class Shared {
    private static final StoreSettings SETTINGS = newSettings();
    private static final Store STORE = TestStore.open(SETTINGS);
  }
}
