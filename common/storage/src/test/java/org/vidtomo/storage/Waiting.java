package org.vidtomo.storage;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for what the driver bounds by its request time-out. */
final class Waiting {
  private Waiting() {}

  static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
