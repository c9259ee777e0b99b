package org.vidtomo.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Lets what has the same key happen one group after the other: what comes while a group is under
 * way waits, and goes with all else that waits then. Two of the same subject never share a group,
 * and keep their order. Thread-safe.
 *
 * @param <K> what only one group at a time may be at work on
 * @param <I> what is to be done
 * @param <R> its result
 */
final class GroupedTurns<K, I, R> {
  /** The common pool makes a thread for each task where there are two processors. */
  private static final Executor THREADS = threads();

  private final int mostTogether;
  private final Function<I, Object> subject;
  private final Function<List<Waiting<I, R>>, CompletionStage<Void>> action;

  /** The keys that are at work, each with what waits for its next group. */
  private final Map<K, Deque<Waiting<I, R>>> lines = new HashMap<>();

  /** One that waits for its result. */
  static final class Waiting<I, R> {
    private final I item;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    Waiting(I item) {
      this.item = item;
    }

    I item() {
      return item;
    }

    void done(R value) {
      result.complete(value);
    }

    void failed(Throwable error) {
      result.completeExceptionally(error);
    }
  }

  /**
   * Turns for an action.
   *
   * @param mostTogether in one group
   * @param action does a group, tells each its result, and says when the key is free again
   */
  GroupedTurns(
      int mostTogether,
      Function<I, Object> subject,
      Function<List<Waiting<I, R>>, CompletionStage<Void>> action) {
    this.mostTogether = mostTogether;
    this.subject = subject;
    this.action = action;
  }

  /**
   * Has something done in its turn.
   *
   * @return its own result
   */
  CompletionStage<R> add(K key, I item) {
    Waiting<I, R> waiting = new Waiting<>(item);
    synchronized (lines) {
      Deque<Waiting<I, R>> line = lines.get(key);
      if (line != null) {
        line.addLast(waiting);
        return waiting.result;
      }
      lines.put(key, new ArrayDeque<>());
    }
    begin(key, List.of(waiting));
    return waiting.result;
  }

  private void begin(K key, List<Waiting<I, R>> group) {
    CompletionStage<Void> done;
    try {
      done = action.apply(group);
    } catch (RuntimeException e) {
      done = CompletableFuture.failedFuture(e);
    }
    // Asynchronous, so that many groups that fail at once do not pile up on one stack.
    done.whenCompleteAsync(
        (nothing, error) -> {
          Throwable left =
              error == null ? new IllegalStateException("it was left without a result") : error;
          group.forEach(waiting -> waiting.failed(left));
          List<Waiting<I, R>> next = next(key);
          if (!next.isEmpty()) {
            begin(key, next);
          }
        },
        THREADS);
  }

  private static Executor threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            2,
            2,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "store-turns-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The next group; none: the key is free. */
  private List<Waiting<I, R>> next(K key) {
    synchronized (lines) {
      Deque<Waiting<I, R>> line = lines.get(key);
      List<Waiting<I, R>> group = new ArrayList<>();
      Set<Object> subjects = new HashSet<>();
      Iterator<Waiting<I, R>> each = line.iterator();
      while (each.hasNext() && group.size() < mostTogether) {
        Waiting<I, R> waiting = each.next();
        if (subjects.add(subject.apply(waiting.item()))) {
          group.add(waiting);
          each.remove();
        }
      }
      if (group.isEmpty()) {
        lines.remove(key);
      }
      return group;
    }
  }
}
