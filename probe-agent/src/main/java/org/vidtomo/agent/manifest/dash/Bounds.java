package org.vidtomo.agent.manifest.dash;

import org.vidtomo.agent.manifest.ManifestException;

/**
 * What the representations of an MPD may come to together. A list or a timeline of a set counts for
 * each of its representations: half a megabyte of both would else ask for gigabytes.
 */
final class Bounds {
  private static final int MAX_REPRESENTATIONS = 10_000;

  /** A day of segments of two seconds for twenty representations, with room. */
  private static final int MAX_ENTRIES = 1_000_000;

  private int representations;
  private int entries;

  void representation() throws ManifestException {
    if (++representations > MAX_REPRESENTATIONS) {
      throw ManifestException.tooLarge("the MPD has too many representations");
    }
  }

  /** Entries of lists and timelines that one representation is told by. */
  void entries(int count) throws ManifestException {
    entries += Math.min(count, MAX_ENTRIES + 1);
    if (entries > MAX_ENTRIES) {
      throw ManifestException.tooLarge("the MPD lists too many segments");
    }
  }
}
