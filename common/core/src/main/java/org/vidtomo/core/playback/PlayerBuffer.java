package org.vidtomo.core.playback;

import org.vidtomo.core.task.MeasurementParameters;

/**
 * The three thresholds of a player's buffer, in microseconds of media.
 *
 * @param initialMicros playing starts when at least so much is there
 * @param minMicros a stall begins when the buffer is at or below
 * @param restartMicros playing goes on when the buffer is above
 */
public record PlayerBuffer(long initialMicros, long minMicros, long restartMicros) {
  public PlayerBuffer {
    if (initialMicros < 0 || minMicros < 0 || restartMicros < minMicros) {
      throw new IllegalArgumentException(
          "buffers must be >= 0 and restart >= min: initial %d, min %d, restart %d"
              .formatted(initialMicros, minMicros, restartMicros));
    }
  }

  /** The thresholds that a campaign asks for. */
  public static PlayerBuffer of(MeasurementParameters parameters) {
    return new PlayerBuffer(
        parameters.initialPlaybackMicros(),
        parameters.minPlayoutBufferMicros(),
        parameters.restartBufferMicros());
  }
}
