package org.vidtomo.sites;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a MIME type, or failing that a path's ending, says of media.
 *
 * @param protocol {@code hls}, {@code dash}, {@code hds} or {@code mss}; absent for plain files
 */
public record MediaType(
    Optional<String> protocol,
    Optional<String> container,
    Optional<String> videoCodec,
    Optional<String> audioCodec) {

  private static final MediaType NONE =
      new MediaType(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("mp4", "mp4"),
          Map.entry("m4v", "mp4"),
          Map.entry("m4a", "mp4"),
          Map.entry("mov", "mp4"),
          Map.entry("3gp", "mp4"),
          Map.entry("webm", "webm"),
          Map.entry("mkv", "matroska"),
          Map.entry("flv", "flv"),
          Map.entry("f4v", "mp4"),
          Map.entry("ts", "mpegts"),
          Map.entry("ogv", "ogg"),
          Map.entry("avi", "avi"),
          Map.entry("mpg", "mpeg"),
          Map.entry("mpeg", "mpeg"),
          Map.entry("wmv", "asf"),
          Map.entry("m3u8", "hls"),
          Map.entry("mpd", "dash"),
          Map.entry("f4m", "hds"));

  private static final Map<String, String> BY_MIME =
      Map.ofEntries(
          Map.entry("video/mp4", "mp4"),
          Map.entry("audio/mp4", "mp4"),
          Map.entry("video/x-m4v", "mp4"),
          Map.entry("video/quicktime", "mp4"),
          Map.entry("video/3gpp", "mp4"),
          Map.entry("application/mp4", "mp4"),
          Map.entry("video/webm", "webm"),
          Map.entry("audio/webm", "webm"),
          Map.entry("video/x-matroska", "matroska"),
          Map.entry("video/x-flv", "flv"),
          Map.entry("video/flv", "flv"),
          Map.entry("video/mpeg", "mpeg"),
          Map.entry("video/x-ms-wmv", "asf"),
          Map.entry("video/mp2t", "mpegts"),
          Map.entry("video/ogg", "ogg"),
          Map.entry("video/x-msvideo", "avi"),
          Map.entry("application/vnd.apple.mpegurl", "hls"),
          Map.entry("application/x-mpegurl", "hls"),
          Map.entry("audio/mpegurl", "hls"),
          Map.entry("audio/x-mpegurl", "hls"),
          Map.entry("application/dash+xml", "dash"),
          Map.entry("video/vnd.mpeg.dash.mpd", "dash"),
          Map.entry("application/f4m+xml", "hds"),
          Map.entry("application/vnd.ms-sstr+xml", "mss"));

  /** HLS, DASH, and two that are recognised and not measured: Adobe's HDS, Microsoft's MSS. */
  private static final Set<String> MANIFESTS = Set.of("hls", "dash", "hds", "mss");

  /** Longer ones are nobody's. */
  private static final int MAX_CODECS = 200;

  private static final List<String> AUDIO_CODECS =
      List.of("mp4a", "opus", "vorbis", "ac-3", "ec-3", "flac", "mp3", "alac");

  /** The type wins over the path's ending: servers know what they send. */
  public static MediaType of(URI url, Optional<String> mimeType) {
    Optional<String> kind = mimeType.flatMap(MediaType::ofMime).or(() -> ofEnding(url));
    if (kind.isEmpty()) {
      return NONE;
    }
    boolean manifest = MANIFESTS.contains(kind.get());
    List<String> codecs = mimeType.map(MediaType::codecs).orElse(List.of());
    return new MediaType(
        kind.filter(k -> manifest),
        kind.filter(k -> !manifest),
        codecs.stream().filter(c -> !audio(c)).findFirst(),
        codecs.stream().filter(MediaType::audio).findFirst());
  }

  /** Sound, picture, or a manifest of them. */
  public static boolean isMedia(String mimeType) {
    String type = mimeType.strip().toLowerCase(Locale.ROOT);
    return type.startsWith("video/") || type.startsWith("audio/") || isManifest(type);
  }

  /** A list of media, not media itself. */
  public static boolean isManifest(String mimeType) {
    return ofMime(mimeType).filter(MANIFESTS::contains).isPresent();
  }

  /** The container, {@code hls} or {@code dash} of a MIME type. */
  public static Optional<String> ofMime(String mimeType) {
    String essence = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_MIME.get(essence));
  }

  /** The container, {@code hls} or {@code dash} that a path's ending promises. */
  public static Optional<String> ofEnding(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(BY_ENDING.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /** The codecs of sound in a list of them (RFC 6381). */
  static List<String> soundOf(String codecs) {
    return split(codecs).stream().filter(MediaType::audio).toList();
  }

  /** The codecs that are not of sound in a list of them. */
  static List<String> pictureOf(String codecs) {
    return split(codecs).stream().filter(c -> !audio(c)).toList();
  }

  private static List<String> split(String codecs) {
    return codecs.length() > MAX_CODECS
        ? List.of()
        : Arrays.stream(codecs.split(",")).map(String::strip).filter(c -> !c.isEmpty()).toList();
  }

  private static boolean audio(String codec) {
    return AUDIO_CODECS.stream().anyMatch(codec.toLowerCase(Locale.ROOT)::startsWith);
  }

  private static List<String> codecs(String mimeType) {
    int at = mimeType.toLowerCase(Locale.ROOT).indexOf("codecs=");
    if (at < 0) {
      return List.of();
    }
    String rest = mimeType.substring(at + "codecs=".length()).replace("\"", "").replace("'", "");
    return split(rest.split(";", 2)[0]);
  }
}
