package org.vidtomo.agent.extractor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/**
 * What {@code yt-dlp -J} prints (its README, "Output template", names the fields).
 *
 * @param version the program's, where it tells
 */
public record ExtractorAnswer(Page page, Optional<String> version) {

  /** Reads it; empty when it is not what such a program prints. */
  public static Optional<ExtractorAnswer> read(byte[] output) {
    try {
      JsonNode json = Wire.mapper().readTree(output);
      if (json == null || !json.isObject()) {
        return Optional.empty();
      }
      Optional<String> version = Optional.of(json.path("_version").path("version").asText(""));
      return Optional.of(
          new ExtractorAnswer(page(video(json)), version.filter(v -> v.matches("[\\w.+-]{1,40}"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Of a list, its first video. */
  private static JsonNode video(JsonNode json) {
    for (JsonNode entry : json.path("entries")) {
      if (entry.isObject()) {
        return entry;
      }
    }
    return json;
  }

  private static Page page(JsonNode json) {
    Page page = ExtractorFormats.page(json);
    boolean live = json.path("live_status").asText("").equals("is_upcoming");
    if (live && page.media().isEmpty()) {
      page = Page.failed(FailureKind.VIDEO_UNAVAILABLE, "the live video has not begun");
    }
    double seconds = json.path("duration").asDouble();
    return page.withId(id(json))
        .withTitle(Optional.of(json.path("title").asText("")))
        .withDurationMicros(
            seconds > 0 && seconds < 1e7
                ? OptionalLong.of(Math.round(seconds * 1_000_000))
                : OptionalLong.empty());
  }

  /** Its generic reader names no service: the URL's own id then stands. */
  private static Optional<VideoId> id(JsonNode json) {
    String service = json.path("extractor_key").asText("").toLowerCase(java.util.Locale.ROOT);
    String id = json.path("id").asText("");
    boolean named = service.matches("[a-z0-9]{1,40}") && !service.equals("generic");
    return named && !id.isEmpty() && id.length() <= 200
        ? Optional.of(new VideoId(service, id))
        : Optional.empty();
  }

  static Optional<URI> url(JsonNode format, String field) {
    return Urls.http(format.path(field).asText(""));
  }
}
