package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.sites.MediaType;

/**
 * What the fields of one object say of a form of a video, beside where it is.
 *
 * @param mime a MIME type; of plain names such as {@code hls}, the one that they stand for
 * @param label for a person, such as {@code HD}
 * @param locked it can only be played with keys that are not given to everyone
 */
record Facts(
    Optional<String> mime,
    OptionalInt width,
    OptionalInt height,
    OptionalLong bitrateBps,
    OptionalLong contentLength,
    String label,
    boolean locked) {
  static final Facts NONE =
      new Facts(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          "",
          false);

  private static final List<String> TYPES =
      List.of(
          "type",
          "mimetype",
          "mime_type",
          "mime",
          "contenttype",
          "content_type",
          "encodingformat",
          "format",
          "ext",
          "container",
          "protocol",
          "filetype");

  private static final List<String> LABELS =
      List.of(
          "label",
          "quality",
          "res",
          "resolution",
          "definition",
          "profile",
          "format",
          "name",
          "size");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("hls", "application/vnd.apple.mpegurl"),
          Map.entry("m3u8", "application/vnd.apple.mpegurl"),
          Map.entry("m3u", "application/vnd.apple.mpegurl"),
          Map.entry("dash", "application/dash+xml"),
          Map.entry("mpd", "application/dash+xml"),
          Map.entry("hds", "application/f4m+xml"),
          Map.entry("f4m", "application/f4m+xml"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("flv", "video/x-flv"));

  private static final Pattern PIXELS = Pattern.compile("(?i)([1-9][0-9]{1,4})(?:\\s*px)?");

  private static final Set<String> LOCKS = Set.of("drm", "encrypted", "isdrm", "drmenabled");

  /** Tables of smaller ones are bytes in nobody's language. */
  private static final long LEAST_LENGTH = 10_000;

  /** Bit rates below are in thousands: nobody offers video of 30 kbit/s. */
  private static final double LEAST_BPS = 30_000;

  static Facts of(JsonNode object) {
    if (object.isEmpty()) {
      return NONE;
    }
    String label = first(object, LABELS).orElse("");
    OptionalInt height = pixels(object, "height");
    return new Facts(
        TYPES.stream().flatMap(key -> mime(field(object, key)).stream()).findFirst(),
        pixels(object, "width"),
        height.isPresent() ? height : labelled(object),
        bitrate(object),
        number(object, List.of("filesize", "file_size", "contentlength", "size"))
            .filter(bytes -> bytes >= LEAST_LENGTH)
            .map(bytes -> OptionalLong.of(Math.round(bytes)))
            .orElse(OptionalLong.empty()),
        label,
        LOCKS.stream().anyMatch(key -> set(field(object, key))));
  }

  /** These, and from an enclosing object what these don't say. */
  Facts within(Facts outer) {
    return new Facts(
        mime.or(outer::mime),
        width.isPresent() ? width : outer.width,
        height.isPresent() ? height : outer.height,
        bitrateBps,
        contentLength,
        label.isEmpty() ? outer.label : label,
        locked || outer.locked);
  }

  /** What the name of a field says of what is in it: {@code 720p}, {@code hlsUrl}, {@code HD}. */
  Facts named(String key) {
    OptionalInt lines = Labels.height(key);
    boolean says = lines.isPresent() || Labels.grade(key) > 0;
    return new Facts(
        named(Words.of(key)).or(() -> mime),
        width,
        lines.isPresent() ? lines : height,
        bitrateBps,
        contentLength,
        says ? key : label,
        locked);
  }

  /** The MIME type that words such as {@code hls} in a field's name promise. */
  static Optional<String> named(List<String> words) {
    return words.stream().filter(NAMED::containsKey).map(NAMED::get).findFirst();
  }

  /** Whether it is sound alone. */
  boolean sound() {
    return mime.filter(type -> type.startsWith("audio/") && !MediaType.isManifest(type))
        .isPresent();
  }

  private static OptionalInt labelled(JsonNode object) {
    return LABELS.stream()
        .map(key -> Labels.height(field(object, key).asText("")))
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static Optional<String> mime(JsonNode value) {
    String text = value.asText("").strip().toLowerCase(Locale.ROOT);
    if (text.contains("/")) {
      return Optional.of(text).filter(t -> t.length() < 200);
    }
    return text.isEmpty() || text.length() > 40 ? Optional.empty() : named(Words.of(text));
  }

  private static OptionalInt pixels(JsonNode object, String key) {
    JsonNode value = field(object, key);
    JsonNode plain = value.isObject() ? value.path("value") : value;
    Matcher pixels = PIXELS.matcher(plain.asText(""));
    return pixels.matches()
        ? OptionalInt.of(Integer.parseInt(pixels.group(1)))
        : OptionalInt.empty();
  }

  private static OptionalLong bitrate(JsonNode object) {
    return number(object, List.of("bitrate", "bit_rate", "avgbitrate", "bandwidth", "tbr", "bps"))
        .map(rate -> OptionalLong.of(Math.round(rate < LEAST_BPS ? rate * 1000 : rate)))
        .orElse(OptionalLong.empty());
  }

  private static Optional<Double> number(JsonNode object, List<String> keys) {
    return keys.stream()
        .map(key -> field(object, key).asText(""))
        .filter(text -> text.matches("[1-9]\\d{0,14}(\\.\\d{1,9})?"))
        .map(Double::valueOf)
        .findFirst();
  }

  private static Optional<String> first(JsonNode object, List<String> keys) {
    return keys.stream()
        .map(key -> field(object, key).asText(""))
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static boolean set(JsonNode value) {
    return value.isContainerNode() ? !value.isEmpty() : value.asBoolean(false);
  }

  /** A field in any spelling of letters that is in use. */
  private static JsonNode field(JsonNode object, String key) {
    JsonNode exact = object.path(key);
    JsonNode upper = exact.isMissingNode() ? object.path(key.toUpperCase(Locale.ROOT)) : exact;
    return upper.isMissingNode() ? camel(object, key) : upper;
  }

  private static JsonNode camel(JsonNode object, String key) {
    return switch (key) {
      case "mimetype" -> object.path("mimeType");
      case "contenttype" -> object.path("contentType");
      case "encodingformat" -> object.path("encodingFormat");
      case "filetype" -> object.path("fileType");
      case "filesize" -> object.path("fileSize");
      case "contentlength" -> object.path("contentLength");
      case "avgbitrate" -> object.path("avgBitrate");
      case "isdrm" -> object.path("isDrm");
      case "drmenabled" -> object.path("drmEnabled");
      default -> object.path(key);
    };
  }
}
