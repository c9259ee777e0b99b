package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One encoding of a track, or of picture and sound together.
 *
 * @param id as the manifest has it, else made of its place there
 * @param bandwidthBps as the manifest states it; 0 when it does not
 * @param codecs RFC 6381, as far as stated
 * @param container {@code mp4}, {@code webm}, {@code mpegts} as far as the manifest says
 * @param audioGroup the set of audio that goes with it (HLS)
 */
public record Representation(
    String id,
    long bandwidthBps,
    OptionalInt width,
    OptionalInt height,
    OptionalDouble frameRate,
    List<String> codecs,
    Optional<String> container,
    Optional<String> audioGroup,
    Source source) {
  private static final List<String> AUDIO =
      List.of("mp4a", "ac-3", "ac-4", "ec-3", "opus", "vorbis", "flac", "alac", "mp3", "dts");
  private static final List<String> TEXT = List.of("stpp", "wvtt", "ttml", "webvtt");

  public Representation {
    requireNonNull(id, "id");
    codecs = List.copyOf(codecs);
    requireNonNull(container, "container");
    requireNonNull(audioGroup, "audioGroup");
    requireNonNull(source, "source");
    if (bandwidthBps < 0) {
      throw new IllegalArgumentException("a bandwidth is at least 0: " + bandwidthBps);
    }
  }

  /** The codec of the picture. */
  public Optional<String> videoCodec() {
    return codecs.stream().filter(c -> !isAudio(c) && !isText(c)).findFirst();
  }

  /** The codec of the sound. */
  public Optional<String> audioCodec() {
    return codecs.stream().filter(Representation::isAudio).findFirst();
  }

  /** Subtitles. */
  public boolean text() {
    return !codecs.isEmpty() && codecs.stream().allMatch(Representation::isText);
  }

  private static boolean isAudio(String codec) {
    return starts(AUDIO, codec);
  }

  private static boolean isText(String codec) {
    return starts(TEXT, codec);
  }

  private static boolean starts(List<String> prefixes, String codec) {
    String lower = codec.toLowerCase(Locale.ROOT);
    return prefixes.stream().anyMatch(lower::startsWith);
  }
}
