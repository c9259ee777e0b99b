package org.vidtomo.messaging;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message given to the publisher whose fate is not known yet. */
final class Outstanding {
  /** The broker's code and words on a message it returned. */
  record Returned(int code, String reason) {}

  final long id;
  final OutgoingMessage message;
  final long deadlineNanos;

  /** Whether it is published again after a break; if not, it fails then. */
  final boolean again;

  final CompletableFuture<Void> future = new CompletableFuture<>();

  /** What the broker said when it returned the message; absent if it has not. */
  volatile Optional<Returned> returned = Optional.empty();

  /** When the broker refused it; 0 if it has not. */
  volatile long nackedNanos;

  /** Times that a channel broke under it by an error of the protocol; the writer's thread only. */
  int channelErrors;

  private final AtomicBoolean settled = new AtomicBoolean();

  Outstanding(long id, OutgoingMessage message, long deadlineNanos, boolean again) {
    this.id = id;
    this.message = message;
    this.deadlineNanos = deadlineNanos;
    this.again = again;
  }

  /** True for the one caller who decides its fate. */
  boolean claim() {
    return settled.compareAndSet(false, true);
  }

  boolean settled() {
    return settled.get();
  }
}
