package org.vidtomo.bench.query;

import static org.vidtomo.bench.Say.say;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;

/** Made measurements of the thirty days before today in a keyspace of their own. */
final class MadeStore implements AutoCloseable {
  private static final int IN_FLIGHT = 256;

  final String keyspace;
  final Instant from = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(MadeMeasurements.SPAN);
  private final Store store;

  /** An empty one. */
  MadeStore(Cassandra cassandra) throws InterruptedException {
    keyspace = cassandra.newKeyspaceName();
    store =
        Store.open(
            StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
                .withKeyspace(keyspace));
  }

  /**
   * Stores the first of so many in the order of time, the last of which lies thirty days after the
   * first.
   */
  void write(long seed, int some, int count) throws Exception {
    MadeMeasurements made = new MadeMeasurements(from, seed);
    long begun = System.nanoTime();
    Semaphore places = new Semaphore(IN_FLIGHT);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < some; i++) {
      places.acquire();
      Measurement measurement = made.make(i, count);
      store
          .reports()
          .rewrite(measurement)
          .whenComplete(
              (done, error) -> {
                if (error != null) {
                  failure.set(error);
                }
                places.release();
              });
    }
    places.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IOException("storing measurements", failure.get());
    }
    say("  stored, without the reports     %,.0f/s", some * 1e9 / (System.nanoTime() - begun));
  }

  @Override
  public void close() {
    store.close();
  }
}
