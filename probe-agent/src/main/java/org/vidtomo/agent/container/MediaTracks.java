package org.vidtomo.agent.container;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What a container read as a stream knows: one track of pictures, one of sound, a header. */
final class MediaTracks {
  private final TrackSamples video;
  private final TrackSamples audio;
  private final Set<TrackSamples> announced = new HashSet<>();
  private Optional<String> videoCodec = Optional.empty();
  private Optional<String> audioCodec = Optional.empty();
  private OptionalLong durationMicros = OptionalLong.empty();
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();
  private OptionalDouble frameRate = OptionalDouble.empty();

  /**
   * No tracks yet.
   *
   * @param keptBack pictures whose times may come out of order, see {@link TrackSamples}
   */
  MediaTracks(int keptBack) {
    video = new TrackSamples(keptBack);
    audio = new TrackSamples(0);
  }

  TrackSamples video() {
    return video;
  }

  TrackSamples audio() {
    return audio;
  }

  /** The header says that there is such a track. */
  TrackSamples announce(TrackSamples track) {
    announced.add(track);
    return track;
  }

  List<TrackSamples> samples() {
    return List.of(video, audio);
  }

  /** When the last sample so far ends; 0 without samples. */
  long endMicros() {
    return Math.max(video.endMicros(), audio.endMicros());
  }

  /** The codec, unless one was named before. */
  void videoCodec(Optional<String> codec) {
    videoCodec = videoCodec.or(() -> codec);
  }

  /** The codec, unless one was named before. */
  void audioCodec(Optional<String> codec) {
    audioCodec = audioCodec.or(() -> codec);
  }

  /** What the header says; what cannot be is taken as not said. */
  void duration(double micros) {
    if (durationMicros.isEmpty() && micros >= 1 && micros < 1e15) {
      durationMicros = OptionalLong.of(Math.round(micros));
    }
  }

  void size(double pixelsWide, double pixelsHigh) {
    if (width.isEmpty() && pixels(pixelsWide) && pixels(pixelsHigh)) {
      width = OptionalInt.of((int) Math.round(pixelsWide));
      height = OptionalInt.of((int) Math.round(pixelsHigh));
    }
  }

  private static boolean pixels(double number) {
    return number >= 1 && number <= 65_535;
  }

  void frameRate(double perSecond) {
    if (frameRate.isEmpty() && perSecond > 0.01 && perSecond < 1000) {
      frameRate = OptionalDouble.of(Math.round(perSecond * 1000) / 1000.0);
    }
  }

  /**
   * What is known now.
   *
   * @param whole the file is all there
   * @param open the samples added last may go on behind what came
   */
  ContainerInfo info(String container, long received, boolean whole, boolean open) {
    List<Timelines.Track> tracks =
        Timelines.interleaved(samples().stream().map(track -> track.track(whole, open)).toList());
    return new ContainerInfo(
        container,
        durationMicros.isEmpty() && whole ? Timelines.durationMicros(tracks) : durationMicros,
        width,
        height,
        frameRate.isPresent() ? frameRate : video.rate(),
        videoCodec,
        audioCodec,
        Timelines.merge(tracks, received));
  }
}
