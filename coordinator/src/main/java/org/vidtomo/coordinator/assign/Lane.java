package org.vidtomo.coordinator.assign;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The next tasks of one target: a bounded piece of those in the store, before it the ones that came
 * back. Confined to the dispatching thread.
 */
final class Lane {
  /** How many tasks are read at once. */
  static final int PAGE = 256;

  private final Deque<Waiting> returned = new ArrayDeque<>();
  private final Deque<Waiting> fresh = new ArrayDeque<>();
  private long nextPosition;

  Optional<Waiting> peek() {
    return Optional.ofNullable(returned.isEmpty() ? fresh.peekFirst() : returned.peekFirst());
  }

  void poll() {
    if (returned.pollFirst() == null) {
      fresh.removeFirst();
    }
  }

  /** A task comes back: it is the next. */
  void giveBack(Waiting waiting) {
    returned.addLast(waiting);
  }

  /** A task that came back was ended meanwhile. */
  void forget(UUID taskId) {
    returned.removeIf(waiting -> waiting.task().taskId().equals(taskId));
  }

  boolean hungry() {
    return fresh.size() < PAGE / 4;
  }

  /** From where to read on. */
  long nextPosition() {
    return nextPosition;
  }

  /** What was read of the positions before {@code readBefore}. */
  void feed(List<Waiting> tasks, long readBefore) {
    fresh.addAll(tasks);
    nextPosition = readBefore;
  }
}
