package org.vidtomo.gate;

import java.util.concurrent.atomic.LongAdder;
import org.vidtomo.messaging.admin.Usage;

/** What an agent has sent since the gate opened. Thread-safe. */
final class Traffic {
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder connections = new LongAdder();

  void heard(int frameBytes, boolean message) {
    bytes.add(frameBytes);
    if (message) {
      messages.increment();
    }
  }

  /** It comes in, or tries to. */
  void comes() {
    connections.increment();
  }

  Usage usage() {
    return new Usage(messages.sum(), bytes.sum(), connections.sum());
  }
}
