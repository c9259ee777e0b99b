package org.vidtomo.agent.container;

import java.util.Collection;
import java.util.Optional;

/** A track while its entry is read, and what is played of it (RFC 9559 §5.1.4). */
final class WebmTrack {
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;

  long number;
  long type;
  boolean enabled = true;
  long sampleNanos;
  long delayNanos;
  String codec = "";
  long width;
  long height;

  /** Where its samples go; empty for a track that is not played. */
  Optional<TrackSamples> samples = Optional.empty();

  /** Plays it, if it is of sound or pictures and the first of its kind. */
  void choose(MediaTracks tracks, Collection<WebmTrack> before) {
    boolean taken =
        before.stream().anyMatch(other -> other.type == type && other.samples.isPresent());
    if (!enabled || taken) {
      return;
    }
    if (type == VIDEO) {
      samples = Optional.of(tracks.announce(tracks.video()));
      tracks.videoCodec(Optional.of(codec).filter(name -> !name.isEmpty()));
      tracks.size(width, height);
      if (sampleNanos > 0) {
        tracks.frameRate(1e9 / sampleNanos);
      }
    } else if (type == AUDIO) {
      samples = Optional.of(tracks.announce(tracks.audio()));
      tracks.audioCodec(Optional.of(codec).filter(name -> !name.isEmpty()));
    }
  }
}
