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
        public void begin() {}

        @Override
        public void spend(long bytes) {}
      };

  /** Bytes that may still go over the line now, either way; 0 when there are none left. */
  long leftBytes();

  /** A measurement begins: what it spends must not wait for a disk. Blocks for a moment. */
  void begin();

  /** So many bytes went over the line, either way, with the headers of all layers. */
  void spend(long bytes);
}
