package org.vidtomo.agent.run;

import org.vidtomo.core.wire.WireName;

/** Hears how a measurement goes on, for a person who waits. Must return quickly. */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = step -> {};

  /** The numbered steps of a measurement. */
  enum Step implements WireName {
    LOCATE,
    TRACE,
    RESOLVE,
    PING,
    DOWNLOAD,
    PLAY
  }

  /** A step begins. */
  void started(Step step);

  /**
   * Bytes come, at most ten times a second; called from a network thread.
   *
   * @param bytes so far
   * @param elapsedMicros since the request was sent
   */
  default void downloaded(long bytes, long elapsedMicros) {}
}
