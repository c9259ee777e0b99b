package org.vidtomo.dashboard;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;

/** Stores on a real Cassandra. */
public final class TestStores {
  private TestStores() {}

  /** One in a keyspace of its own. */
  public static Store open() throws InterruptedException {
    Cassandra cassandra = Cassandra.shared();
    return Store.open(
        StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
            .withKeyspace(cassandra.newKeyspaceName()));
  }

  /** Stores measurements with their reports, as an aggregator does. */
  public static void write(Store store, List<Measurement> measurements) throws Exception {
    CompletableFuture.allOf(
            measurements.stream()
                .map(m -> store.reports().write(RandomMeasurements.report(m), m))
                .map(stage -> stage.toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .get(60, TimeUnit.SECONDS);
  }
}
