package org.vidtomo.core.playback;

import java.util.Optional;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.wire.WireName;

/** Whose rules a recorded download is played by. */
public enum PlayerProfile implements WireName {
  /**
   * What a viewer sees: {@link PlaybackModel}. Every report and every comparison is by this one.
   */
  VIDTOMO,
  /** What Pytomo would have written, for comparing with its data. */
  PYTOMO;

  /**
   * Plays what a report carries.
   *
   * @return empty where nothing tells which media the bytes hold; segments are nothing that Pytomo
   *     knew
   */
  public Optional<Playback> replay(PlayerBuffer buffer, Download download, Optional<Media> media) {
    return switch (this) {
      case VIDTOMO -> PlaybackModel.replay(buffer, download, media);
      case PYTOMO ->
          media
              .filter(m -> download.segments().isEmpty())
              .flatMap(PlayableMedia::of)
              .map(
                  playable ->
                      PytomoPlayer.play(buffer, download.arrivals(), playable, download.end()));
    };
  }
}
