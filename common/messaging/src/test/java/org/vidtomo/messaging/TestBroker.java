package org.vidtomo.messaging;

import java.net.URI;

/** A real broker of the test's own, which it may stop. */
interface TestBroker {
  URI uri();

  /** Stops the broker and starts it again on the same data and port. */
  void restart();
}
