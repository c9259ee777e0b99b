package org.vidtomo.agent.manifest;

import java.net.URI;
import java.util.Optional;

/** Where a representation's segments are told. */
public sealed interface Source {
  /** In the manifest itself. */
  record Listed(SegmentIndex index) implements Source {}

  /** In a media playlist of its own (HLS). */
  record Playlist(URI url) implements Source {}

  /**
   * In a {@code sidx} box of the media file (DASH SegmentBase with indexRange).
   *
   * @param index the part of the file that holds the box
   * @param startMicros media time of the period's beginning
   * @param offsetMicros what the file's own times begin with there (presentationTimeOffset)
   */
  record IndexBox(Resource index, Optional<Resource> init, long startMicros, long offsetMicros)
      implements Source {}
}
