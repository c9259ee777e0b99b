package org.vidtomo.dashboard.index;

import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.Measurement;

/** How a measurement ended, as far as comparisons care. Numbers are stored: only ever added to. */
enum State {
  OK,
  /** A failure that the network may have caused. */
  FAILED,
  /** A failure that it has not. */
  FAILED_ELSEWHERE,
  /** Refused by the service or the agent's owner, or expired: nothing of it counts. */
  REFUSED;

  private static final State[] ALL = values();
  private static final int BITS = 2;
  private static final int MASK = (1 << BITS) - 1;

  static State of(Measurement m) {
    if (m.outcome() == Outcome.OK) {
      return OK;
    }
    if (m.outcome() != Outcome.FAILED) {
      return REFUSED;
    }
    FailureKind kind = m.failureKind().orElse(FailureKind.UNKNOWN);
    return kind.mayBeCausedBy() == FailureKind.Cause.NETWORK ? FAILED : FAILED_ELSEWHERE;
  }

  /** Of a row's byte. */
  static State of(byte state) {
    return ALL[state & MASK];
  }

  /** A row's byte. */
  byte with(int shard) {
    return (byte) (ordinal() | shard << BITS);
  }

  /** In which part of its hour the store has the row. */
  static int shard(byte state) {
    return (state & 0xff) >> BITS;
  }
}
