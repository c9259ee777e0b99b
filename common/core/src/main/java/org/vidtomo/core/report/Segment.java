package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One request of a segmented download; times in microseconds since the download began.
 *
 * @param track {@code video} or {@code audio} where they come apart; absent where one segment has
 *     both
 * @param representation which of the forms that the manifest offers, by its id there
 * @param mediaStartMicros where the segment begins in the media
 * @param mediaDurationMicros what it adds; 0 for an initialization segment or an index, and when
 *     the segment did not come whole
 */
public record Segment(
    String url,
    Optional<String> track,
    String representation,
    long mediaStartMicros,
    long mediaDurationMicros,
    long requestedAtMicros,
    long firstByteMicros,
    long lastByteMicros,
    long bytes,
    int status) {
  /** The track of audio that comes apart. */
  public static final String AUDIO = "audio";

  /** The track of video without audio. */
  public static final String VIDEO = "video";

  public Segment {
    requireNonNull(url, "url");
    requireNonNull(track, "track");
    requireNonNull(representation, "representation");
  }

  /** Of the audio that comes apart. */
  public boolean audio() {
    return track.filter(AUDIO::equals).isPresent();
  }
}
