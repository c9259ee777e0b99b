package org.vidtomo.coordinator.assign;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/**
 * The next tasks of one target: a bounded piece of those planned, before it the ones that came
 * back. Confined to the dispatching thread.
 */
final class Lane {
  private final Deque<Waiting> returned = new ArrayDeque<>();
  private final Deque<Waiting> fresh = new ArrayDeque<>();
  private final BitSet begun = new BitSet();
  private long nextPosition;

  Optional<Waiting> peek() {
    return Optional.ofNullable(returned.isEmpty() ? fresh.peekFirst() : returned.peekFirst());
  }

  void poll() {
    if (returned.pollFirst() == null) {
      fresh.removeFirst();
    }
  }

  /** A task comes back: those that came back go before the fresh ones. */
  void giveBack(Waiting waiting) {
    returned.addLast(waiting);
  }

  /** A task ended while it waited. */
  Optional<Waiting> forget(UUID taskId) {
    Optional<Waiting> found = find(returned, taskId).or(() -> find(fresh, taskId));
    found.ifPresent(
        waiting -> {
          returned.remove(waiting);
          fresh.remove(waiting);
        });
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

  private static Optional<Waiting> find(Deque<Waiting> tasks, UUID taskId) {
    return tasks.stream().filter(waiting -> waiting.task().taskId().equals(taskId)).findFirst();
  }
}
