package org.vidtomo.dashboard.index;

import java.util.Comparator;

/**
 * A place in the order of videos: those that were measured most first.
 *
 * @param video canonical, {@code service:id}
 */
public record VideoPlace(int measurements, String video) {
  static final Comparator<VideoPlace> ORDER =
      Comparator.comparingInt(VideoPlace::measurements).reversed().thenComparing(VideoPlace::video);

  boolean isBefore(VideoPlace other) {
    return ORDER.compare(this, other) < 0;
  }
}
