package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** What YouTube tells a player of a video: may it be played, and in which forms. */
final class PlayerResponse {
  private final JsonNode json;
  private final List<Format> formats;

  private PlayerResponse(JsonNode json) {
    this.json = json;
    List<Format> read = new ArrayList<>();
    JsonNode streams = json.path("streamingData");
    streams.path("formats").forEach(format -> read.add(Format.read(format, true)));
    streams.path("adaptiveFormats").forEach(format -> read.add(Format.read(format, false)));
    this.formats = read.stream().limit(Page.MAX_FORMS).toList();
  }

  /** Empty when the JSON is no player's response. */
  static Optional<PlayerResponse> of(JsonNode json) {
    JsonNode response = json.path("playerResponse");
    JsonNode player = response.isObject() ? response : json;
    return player.path("playabilityStatus").isObject()
        ? Optional.of(new PlayerResponse(player))
        : Optional.empty();
  }

  Optional<String> videoId() {
    return Optional.of(json.path("videoDetails").path("videoId").asText(""))
        .filter(VideoUrls::isId);
  }

  /** Another video in place of the one asked for is how YouTube answers some that it distrusts. */
  boolean isOf(String id) {
    return videoId().map(id::equals).orElse(true);
  }

  /** The page of this response, without related videos. */
  Page page() {
    List<MediaLink> media = Playability.failure(status()).isPresent() ? List.of() : media();
    Page page = media.isEmpty() ? Page.failed(reason()) : Page.of(media);
    return page.withId(videoId().map(id -> new VideoId(VideoUrls.SERVICE, id)))
        .withTitle(Optional.of(json.path("videoDetails").path("title").asText("")))
        .withOthers(others(media))
        .withDurationMicros(durationMicros());
  }

  /** What it gives is better asked for by another client, whose media comes at full speed. */
  boolean throttled() {
    return media().stream().allMatch(link -> Format.throttled(link.url()));
  }

  /**
   * One file of picture and sound, and manifests. Where there are none, pictures without sound: a
   * player would fetch sound beside, which is a tenth of the bytes.
   */
  private List<MediaLink> media() {
    List<MediaLink> media = new ArrayList<>();
    if (!live()) {
      fetchable().filter(Format::muxed).map(Format::link).forEach(media::add);
    }
    manifest("hlsManifestUrl", "application/x-mpegURL").ifPresent(media::add);
    manifest("dashManifestUrl", "application/dash+xml").ifPresent(media::add);
    if (media.isEmpty() && !live()) {
      fetchable().filter(f -> !f.muxed() && f.picture()).map(Format::link).forEach(media::add);
    }
    return media;
  }

  private Stream<Format> fetchable() {
    return formats.stream().filter(f -> f.url().isPresent() && f.whole());
  }

  private Optional<MediaLink> manifest(String name, String type) {
    return Urls.http(json.path("streamingData").path(name).asText(""))
        .map(url -> MediaLink.of(url, Optional.of(type)));
  }

  private List<Candidate> others(List<MediaLink> media) {
    List<URI> chosen = media.stream().map(MediaLink::url).toList();
    return formats.stream()
        .filter(f -> f.url().filter(chosen::contains).isEmpty())
        .map(f -> f.candidate(f.url().isEmpty() && !f.enciphered() ? "sabr" : "https"))
        .toList();
  }

  private Failure reason() {
    return Playability.failure(status()).orElseGet(this::unreachable);
  }

  private Failure unreachable() {
    long enciphered = formats.stream().filter(f -> f.url().isEmpty() && f.enciphered()).count();
    long without = formats.stream().filter(f -> f.url().isEmpty() && !f.enciphered()).count();
    if (enciphered > 0) {
      return failure(
          FailureKind.NEEDS_EXTRACTOR,
          "%d of %d forms have an enciphered URL and none an open one"
              .formatted(enciphered, formats.size()));
    }
    if (without > 0) {
      boolean sabr = json.path("streamingData").has("serverAbrStreamingUrl");
      return failure(
          FailureKind.NEEDS_EXTRACTOR,
          sabr
              ? "%d forms without URLs, served by its own protocol only (SABR)".formatted(without)
              : "%d forms without URLs".formatted(without));
    }
    return formats.isEmpty()
        ? failure(
            FailureKind.MEDIA_NOT_FOUND, "the video can be played, but no form of it is given")
        : failure(
            FailureKind.UNSUPPORTED_MEDIA,
            "the forms given are protected, dubbed, or in pieces without a manifest");
  }

  private static Failure failure(FailureKind kind, String detail) {
    return new Failure(kind, "locate", "YouTube: " + detail);
  }

  private OptionalLong durationMicros() {
    if (live()) {
      return OptionalLong.empty();
    }
    OptionalLong millis =
        formats.stream()
            .map(Format::durationMillis)
            .filter(OptionalLong::isPresent)
            .findFirst()
            .orElse(OptionalLong.empty());
    String seconds = json.path("videoDetails").path("lengthSeconds").asText("");
    if (millis.isPresent()) {
      return OptionalLong.of(millis.getAsLong() * 1000);
    }
    return seconds.matches("[1-9][0-9]{0,8}")
        ? OptionalLong.of(Long.parseLong(seconds) * 1_000_000)
        : OptionalLong.empty();
  }

  private boolean live() {
    return json.path("videoDetails").path("isLive").asBoolean(false);
  }

  private JsonNode status() {
    return json.path("playabilityStatus");
  }
}
