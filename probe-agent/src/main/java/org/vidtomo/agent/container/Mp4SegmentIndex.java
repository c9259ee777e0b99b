package org.vidtomo.agent.container;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Segment indexes (ISO/IEC 14496-12 §8.16.3), as far as they say how long the media is: those of
 * one stream follow one another, those of several stand side by side.
 */
final class Mp4SegmentIndex {
  private static final int MAX_STREAMS = 64;

  private static final class Stream {
    long micros;
    int indexes;
    boolean hierarchical;
  }

  private final Map<Long, Stream> streams = new HashMap<>();

  /** An index; one that points to further ones counts what they will. */
  void add(Box sidx) throws MalformedMediaException {
    long timescale = sidx.u32(8);
    int at = sidx.u8(0) == 0 ? 20 : 28;
    int count = sidx.u16(at + 2);
    if (timescale == 0 || streams.size() >= MAX_STREAMS) {
      return;
    }
    Stream stream = streams.computeIfAbsent(sidx.u32(4), id -> new Stream());
    boolean counted = stream.hierarchical;
    long units = 0;
    for (int i = 0; i < count; i++) {
      stream.hierarchical |= sidx.s32(at + 4 + 12 * i) < 0;
      units += sidx.u32(at + 8 + 12 * i);
    }
    stream.indexes++;
    stream.micros += counted ? 0 : Mp4Track.scale(units, timescale);
  }

  /**
   * How long the longest stream is. Of several indexes of one stream each covers a part: only all
   * of them tell the length.
   *
   * @param whole no more will come
   */
  OptionalLong durationMicros(boolean whole) {
    return streams.values().stream()
        .filter(stream -> whole || stream.indexes == 1 || stream.hierarchical)
        .mapToLong(stream -> stream.micros)
        .filter(micros -> micros > 0)
        .max();
  }
}
