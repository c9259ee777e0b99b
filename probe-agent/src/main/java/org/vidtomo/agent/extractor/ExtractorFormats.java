package org.vidtomo.agent.extractor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.Page;

/**
 * The formats of a video. Storyboards and protected ones are dropped; of what is left, files with
 * picture and sound and the manifests of a player count, else pictures alone.
 */
final class ExtractorFormats {
  private static final int MAX_FORMATS = 1000;

  private final List<MediaLink> whole = new ArrayList<>();
  private final List<MediaLink> pictures = new ArrayList<>();
  private final List<Candidate> others = new ArrayList<>();
  private final Map<URI, MediaLink> manifests = new LinkedHashMap<>();
  private boolean locked;
  private int streamed;

  private ExtractorFormats() {}

  static Page page(JsonNode video) {
    ExtractorFormats formats = new ExtractorFormats();
    JsonNode list = video.path("formats");
    int original = original(list);
    for (int i = 0; i < Math.min(list.size(), MAX_FORMATS); i++) {
      formats.add(list.get(i), original);
    }
    if (list.isEmpty() && video.has("url")) {
      formats.add(video, original);
    }
    return formats.page();
  }

  private Page page() {
    List<MediaLink> media = new ArrayList<>(whole);
    media.addAll(manifests.values());
    if (media.isEmpty()) {
      media.addAll(pictures);
    } else {
      pictures.forEach(link -> others.add(link.candidate()));
    }
    if (media.isEmpty()) {
      return nothing().withOthers(others);
    }
    return Page.of(media).withOthers(others);
  }

  private Page nothing() {
    if (locked) {
      return Page.failed(FailureKind.UNSUPPORTED_MEDIA, "all forms of the video are protected");
    }
    return streamed > 0
        ? Page.failed(FailureKind.UNSUPPORTED_MEDIA, "the video is streamed over RTMP or RTSP")
        : Page.failed(FailureKind.MEDIA_NOT_FOUND, "the extractor found no media");
  }

  private void add(JsonNode format, int original) {
    String protocol = format.path("protocol").asText("");
    boolean storyboard =
        protocol.equals("mhtml") || format.path("format_note").asText("").contains("storyboard");
    if (storyboard || none(format, "vcodec") && none(format, "acodec")) {
      return;
    }
    if (format.path("has_drm").asBoolean() || format.path("has_drm").asText("").equals("maybe")) {
      locked = true;
      return;
    }
    Optional<MediaLink> link = link(format, protocol);
    if (link.isEmpty()) {
      streamed += protocol.startsWith("rtmp") || protocol.startsWith("rtsp") ? 1 : 0;
      return;
    }
    place(link.get(), format, protocol, dubbed(format, original));
  }

  private void place(MediaLink link, JsonNode format, String protocol, boolean dubbed) {
    boolean manifest = protocol.startsWith("m3u8") || protocol.contains("dash");
    Optional<URI> master = ExtractorAnswer.url(format, "manifest_url");
    if (manifest && master.isPresent() && !dubbed) {
      manifests.putIfAbsent(master.get(), MediaLink.of(master.get(), Optional.of(type(protocol))));
      others.add(link.candidate());
    } else if (dubbed || none(format, "vcodec")) {
      others.add(link.candidate());
    } else if (none(format, "acodec")) {
      pictures.add(link);
    } else {
      whole.add(link);
    }
  }

  private static String type(String protocol) {
    return protocol.startsWith("m3u8") ? "application/vnd.apple.mpegurl" : "application/dash+xml";
  }

  /** A codec that is said to be missing; one that is not told may be there. */
  private static boolean none(JsonNode format, String field) {
    return format.path(field).asText("").equals("none");
  }

  /** How much the language of the original is preferred; yt-dlp marks others by less. */
  private static int original(JsonNode list) {
    int most = Integer.MIN_VALUE;
    for (JsonNode format : list) {
      most = Math.max(most, format.path("language_preference").asInt(Integer.MIN_VALUE));
    }
    return most;
  }

  private static boolean dubbed(JsonNode format, int original) {
    String note = format.path("format_note").asText("").toLowerCase(java.util.Locale.ROOT);
    boolean said = note.contains("dubbed") || note.contains("descriptive");
    int preference = format.path("language_preference").asInt(original);
    return said || format.path("language").isTextual() && preference < original;
  }

  private static Optional<MediaLink> link(JsonNode format, String protocol) {
    boolean manifest = protocol.startsWith("m3u8") || protocol.contains("dash");
    Optional<URI> url =
        ExtractorAnswer.url(format, "url").or(() -> ExtractorAnswer.url(format, "manifest_url"));
    return url.map(
        u -> {
          MediaType type =
              MediaType.of(u, manifest ? Optional.of(type(protocol)) : Optional.empty());
          return new MediaLink(
              u,
              type.protocol().orElse(u.getScheme()),
              type.container().or(() -> container(format)),
              codec(format, "vcodec"),
              codec(format, "acodec"),
              pixels(format, "width"),
              pixels(format, "height"),
              number(format.path("tbr").asDouble() * 1000),
              number(format.path("filesize").asDouble()));
        });
  }

  private static Optional<String> container(JsonNode format) {
    String ext = format.path("ext").asText("");
    return ext.matches("[a-z0-9]{2,5}")
        ? MediaType.ofEnding(URI.create("file:///v." + ext))
        : Optional.empty();
  }

  private static Optional<String> codec(JsonNode format, String field) {
    return Optional.of(format.path(field).asText(""))
        .filter(text -> !text.isEmpty() && !text.equals("none") && text.length() <= 60);
  }

  private static OptionalInt pixels(JsonNode format, String field) {
    int pixels = format.path(field).asInt();
    return pixels > 0 && pixels < 100_000 ? OptionalInt.of(pixels) : OptionalInt.empty();
  }

  private static OptionalLong number(double value) {
    return value >= 1 && value < 1e15 ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
  }
}
