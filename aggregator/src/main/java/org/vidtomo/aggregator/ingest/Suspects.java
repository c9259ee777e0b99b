package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.storage.HandlingStore;

/**
 * Counts, for reports that come again, how many processes ended with one in hand. The count is in
 * the store: it has to outlive processes, and whichever takes the report next must see it.
 */
final class Suspects implements AutoCloseable {
  /** So many processes may end with a report in hand by chance, as when they are stopped. */
  static final int MOST_DEATHS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);
  private static final int ID_BYTES = 16;

  private final HandlingStore store;
  private final UUID process = UUID.randomUUID();
  private final Set<String> inHand = ConcurrentHashMap.newKeySet();

  Suspects(HandlingStore store) {
    this.store = requireNonNull(store, "store");
  }

  /** What tells a report from others: the same however it comes. */
  static String id(Delivery delivery) {
    byte[] hash = Sha256.of(delivery.body());
    return HexFormat.of().formatHex(hash, 0, ID_BYTES);
  }

  /**
   * Notes that this process takes a report in hand.
   *
   * @return fails with {@link PoisonException} when too many have ended with it
   */
  CompletionStage<Void> begin(String id) {
    inHand.add(id);
    return store
        .begin(id, process)
        .thenCompose(
            deaths ->
                deaths < MOST_DEATHS
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(
                        new PoisonException(
                            "aggregators ended %d times with this report alone in hand"
                                .formatted(deaths))));
  }

  /** A report waits for another try. */
  void putDown(String id) {
    inHand.remove(id);
    store.letGo(id, process);
  }

  /** A report is settled. What cannot be forgotten now expires by itself. */
  void settled(String id) {
    inHand.remove(id);
    store
        .settled(id)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.debug("a settled report is still noted as in hand id={}", id, error);
              }
            });
  }

  /** This process ends, and not because of what it has in hand. */
  @Override
  public void close() {
    inHand.forEach(id -> store.letGo(id, process));
  }
}
