package org.vidtomo.coordinator.assign;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The next tasks of one target: a bounded piece of those planned, before it the ones that came
 * back. Confined to the dispatching thread.
 */
final class Lane {
  private final Map<UUID, Waiting> returned = new LinkedHashMap<>();
  private final Deque<Waiting> fresh = new ArrayDeque<>();
  private final BitSet begun = new BitSet();
  private long nextPosition;

  Optional<Waiting> peek() {
    return returned.isEmpty()
        ? Optional.ofNullable(fresh.peekFirst())
        : Optional.of(returned.values().iterator().next());
  }

  void poll() {
    if (returned.isEmpty()) {
      fresh.removeFirst();
    } else {
      returned.remove(returned.keySet().iterator().next());
    }
  }

  /** A task comes back: those that came back go before the fresh ones. */
  void giveBack(Waiting waiting) {
    returned.put(waiting.task().taskId(), waiting);
  }

  /** A task ended while it waited. */
  Optional<Waiting> forget(UUID taskId) {
    Waiting cameBack = returned.remove(taskId);
    if (cameBack != null) {
      return Optional.of(cameBack);
    }
    Optional<Waiting> found =
        fresh.stream().filter(waiting -> waiting.task().taskId().equals(taskId)).findFirst();
    found.ifPresent(fresh::remove);
    return found;
  }

  /** A task found after a restart that is not just planned: it is not to be fed again. */
  void begun(long position) {
    begun.set(Math.toIntExact(position));
  }

  int freshTasks() {
    return fresh.size();
  }

  /** The position to read on from. */
  long nextPosition() {
    return nextPosition;
  }

  /** Whether the task at a position is to be fed. */
  boolean wants(long position) {
    return position >= nextPosition && !begun.get(Math.toIntExact(position));
  }

  void feed(Waiting waiting) {
    fresh.addLast(waiting);
  }

  /** All before a position is fed. */
  void fedBefore(long position) {
    nextPosition = position;
  }
}
