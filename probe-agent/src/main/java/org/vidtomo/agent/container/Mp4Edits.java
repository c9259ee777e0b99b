package org.vidtomo.agent.container;

import java.util.Optional;

/**
 * Edit lists (ISO/IEC 14496-12 §8.6.6), as far as they say when a track begins: empty edits put it
 * later, the first other one cuts its beginning off. Further edits are not followed.
 */
final class Mp4Edits {
  private static final int MAX_EMPTY = 100;

  private Mp4Edits() {}

  /** What is added to composition times to make presentation times. */
  static long shiftMicros(Box trak, long movieTimescale, long timescale)
      throws MalformedMediaException {
    Optional<Box> elst = trak.find("edts", "elst");
    if (elst.isEmpty() || movieTimescale == 0) {
      return 0;
    }
    Box list = elst.get();
    boolean wide = list.u8(0) == 1;
    int entries = Math.min(MAX_EMPTY, list.count(4, wide ? 20 : 12));
    long shift = 0;
    for (int i = 0; i < entries; i++) {
      int at = 8 + i * (wide ? 20 : 12);
      long from = wide ? list.s64(at + 8) : list.s32(at + 4);
      if (from >= 0) {
        return shift - Mp4Track.scale(from, timescale);
      }
      shift += Mp4Track.scale(wide ? list.u64(at) : list.u32(at), movieTimescale);
      shift = Math.min(shift, Long.MAX_VALUE / 8);
    }
    return shift;
  }
}
