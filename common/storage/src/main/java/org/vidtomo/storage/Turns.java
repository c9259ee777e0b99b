package org.vidtomo.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Lets what has the same key happen one after the other. Thread-safe. */
final class Turns<K> {
  private final ConcurrentMap<K, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * Begins an action once those of the same key that came before are done, however they ended.
   *
   * @return the action's own result
   */
  <T> CompletionStage<T> inTurn(K key, Supplier<CompletionStage<T>> action) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, mine);
    // Asynchronous, so that many that fail at once do not pile up on one stack.
    CompletionStage<T> result =
        before == null ? begin(action) : before.thenComposeAsync(done -> begin(action));
    return result.whenComplete(
        (value, error) -> {
          last.remove(key, mine);
          mine.complete(null);
        });
  }

  private static <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
