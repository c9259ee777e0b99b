package org.vidtomo.agent.http;

/** What a measurement may still cost its owner. Thread-safe; called from network threads. */
public interface ByteBudget {
  /** No limit, no account. */
  ByteBudget UNLIMITED =
      new ByteBudget() {
        @Override
        public long leftBytes() {
          return Long.MAX_VALUE;
        }

        @Override
        public void spend(long bytes) {}
      };

  /** Bytes that may still be received now; 0 when there are none left. */
  long leftBytes();

  /** So many body bytes were received. */
  void spend(long bytes);
}
