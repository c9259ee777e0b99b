package org.vidtomo.dashboard.index;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Filter;

/** What a filter allows, by the numbers of an index's names. */
final class RowFilter {
  private final boolean[] lines;
  private final boolean[] clocksOff;
  private final boolean[] origins;
  private final int video;
  private final boolean[] caches;
  private final boolean anyVideo;
  private final boolean anyCache;

  RowFilter(Filter filter, Names names) {
    lines = new boolean[names.lines().length];
    clocksOff = new boolean[lines.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Restriction.missedBy(names.lines()[i], filter) == 0;
      clocksOff[i] = names.lines()[i].clockOff();
    }
    origins = new boolean[names.origins().length];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = Restriction.missedBy(names.origins()[i], filter) == 0;
    }
    anyVideo = filter.video().isEmpty();
    video = filter.video().map(id -> Arrays.asList(names.videos()).indexOf(id)).orElse(-1);
    anyCache = filter.cache().isEmpty();
    caches = new boolean[names.caches().length];
    for (int i = 0; i < caches.length; i++) {
      caches[i] = Restriction.missedBy(names.caches()[i], filter) == 0;
    }
  }

  /** Whether a line's agent is left out, though it passes. */
  boolean clockOff(int line) {
    return clocksOff[line];
  }

  /** Whether a row passes, but for its time. A name that is nowhere has the number −1. */
  boolean allows(int line, int origin, int ofVideo, int ofCache) {
    return lines[line]
        && origins[origin]
        && (anyVideo || (ofVideo == video && video >= 0))
        && (anyCache || (ofCache >= 0 && caches[ofCache]));
  }
}
