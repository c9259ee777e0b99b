package org.vidtomo.agent.download.segmented;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.Resource;

/** How far one track of a session is. */
final class Track {
  private final boolean audio;
  private OptionalLong start = OptionalLong.empty();
  private long position;
  private OptionalInt level = OptionalInt.empty();
  private Optional<Resource> init = Optional.empty();
  private long segmentMicros = 4_000_000;
  private boolean ended;

  Track(boolean audio, long position) {
    this.audio = audio;
    this.position = position;
  }

  boolean audio() {
    return audio;
  }

  /** Media time up to which segments were fetched. */
  long position() {
    return position;
  }

  /** Media time of the first segment that came. */
  OptionalLong start() {
    return start;
  }

  OptionalInt level() {
    return level;
  }

  long segmentMicros() {
    return segmentMicros;
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /** Goes on elsewhere, over media that no segment has. */
  void skipTo(long newPosition) {
    position = Math.max(position, newPosition);
  }

  boolean needs(Optional<Resource> newInit) {
    return newInit.isPresent() && !newInit.equals(init);
  }

  void initialized(Resource newInit) {
    init = Optional.of(newInit);
  }

  void took(long startMicros, long durationMicros, int newLevel) {
    if (start.isEmpty()) {
      start = OptionalLong.of(startMicros);
    }
    position = Math.max(position, startMicros + durationMicros);
    segmentMicros = durationMicros;
    level = OptionalInt.of(newLevel);
  }
}
