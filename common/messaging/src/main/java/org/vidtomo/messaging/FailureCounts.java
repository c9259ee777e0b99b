package org.vidtomo.messaging;

import java.util.HexFormat;
import java.util.Map;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.trust.Sha256;

/**
 * How often each message failed in this process, over reconnects too: RabbitMQ's own count grows by
 * crashes that are not the message's fault, and Qpid has none. Bounded; thread-safe.
 */
final class FailureCounts {
  private static final int MAX_MESSAGES = 10_000;

  private final Map<String, Integer> failures = BoundedMaps.byUse(MAX_MESSAGES);

  synchronized int failed(Delivery delivery) {
    return failures.merge(key(delivery), 1, Integer::sum);
  }

  synchronized int of(Delivery delivery) {
    return failures.isEmpty() ? 0 : failures.getOrDefault(key(delivery), 0);
  }

  synchronized void forget(Delivery delivery) {
    if (!failures.isEmpty()) {
      failures.remove(key(delivery));
    }
  }

  private static String key(Delivery delivery) {
    return delivery.messageId().orElseGet(() -> digest(delivery.body()));
  }

  private static String digest(byte[] body) {
    return HexFormat.of().formatHex(Sha256.of(body));
  }
}
