package org.vidtomo.messaging;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Something that works on a session: the declarations, the publisher, a subscription. */
interface Piece {
  /** Starts working on a session; called on the supervisor's thread. */
  void attach(Session session) throws IOException, TimeoutException;

  /** Looks whether it still works, on a broker that does not tell; on the same thread. */
  default void probe(Session session) throws IOException {}

  /** What it is, for logs. */
  String describe();
}
