package org.vidtomo.gate;

/** A channel of an agent: what must come next on it. */
final class ChannelState {
  /** An agent's doctor tries whether it may publish and takes it back; more is never needed. */
  private static final int MOST_UNCOMMITTED = 4;

  private static final long NOTHING = 0;
  private static final long HEADER = -1;

  private long expected = NOTHING;
  private boolean transactional;
  private int uncommitted;

  void selectTransactions() {
    transactional = true;
  }

  void rolledBack() {
    uncommitted = 0;
  }

  /** A message was announced. */
  void published() throws RefusedException {
    expected = HEADER;
    if (transactional && ++uncommitted > MOST_UNCOMMITTED) {
      throw RefusedException.notAllowed(Method.BASIC_PUBLISH, "transactions are for trying alone");
    }
  }

  boolean awaitsHeader() {
    return expected == HEADER;
  }

  /** The message's header said how long its body is. */
  void announced(long bodyBytes) {
    expected = bodyBytes;
  }

  /** A part of the body came. */
  void body(int bytes) throws RefusedException {
    if (expected <= 0 || bytes > expected) {
      throw RefusedException.malformed("more of a message than was announced");
    }
    expected -= bytes;
  }

  /** Between messages. */
  boolean idle() {
    return expected == NOTHING;
  }
}
