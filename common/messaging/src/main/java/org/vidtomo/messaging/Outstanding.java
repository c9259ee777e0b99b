package org.vidtomo.messaging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message given to the publisher whose fate is not known yet. */
final class Outstanding {
  final long id;
  final OutgoingMessage message;
  final long deadlineNanos;

  /** Whether it is published again after a break; if not, it fails then. */
  final boolean again;

  final CompletableFuture<Void> future = new CompletableFuture<>();

  /** The broker's words when it returned the message as unroutable. */
  volatile String returned = "";

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
