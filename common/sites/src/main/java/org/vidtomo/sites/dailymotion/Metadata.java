package org.vidtomo.sites.dailymotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/**
 * What Dailymotion's player is told of a video, by its own request or within a page of before 2020.
 */
record Metadata(JsonNode json) {
  private static final Pattern SIZE = Pattern.compile("/H264-([0-9]{2,5})x([0-9]{2,5})/");
  private static final Pattern ACCOUNT =
      Pattern.compile("(?i)\\b(?:private|password|subscri|sign in|log in|members?\\b|age\\b)");
  private static final Pattern REGION =
      Pattern.compile("(?i)\\b(?:geo-?(?:restrict|block)|countr|region|territor)");

  /** Empty when the JSON is no metadata. */
  static Optional<Metadata> of(JsonNode json) {
    boolean metadata = json.path("qualities").isObject() || json.path("error").isObject();
    return metadata ? Optional.of(new Metadata(json)) : Optional.empty();
  }

  Optional<String> id() {
    return Optional.of(json.path("id").asText("")).filter(DailymotionUrls::isId);
  }

  boolean failed() {
    return json.path("error").isObject();
  }

  Page page() {
    List<MediaLink> media = failed() ? List.of() : media();
    Page page = media.isEmpty() ? Page.failed(reason()) : Page.of(media);
    return page.withId(id().map(id -> new VideoId(DailymotionUrls.SERVICE, id)))
        .withTitle(Optional.of(json.path("title").asText("")))
        .withDurationSeconds(json.path("duration").asLong(0));
  }

  /** {@code auto} is the playlist of all; the others are files, named by their height. */
  private List<MediaLink> media() {
    List<MediaLink> media = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> qualities = json.path("qualities").fields();
    while (qualities.hasNext()) {
      Map.Entry<String, JsonNode> quality = qualities.next();
      for (JsonNode form : quality.getValue()) {
        Urls.http(form.path("url").asText(""))
            .map(url -> link(url, quality.getKey(), form.path("type").asText("")))
            .ifPresent(media::add);
      }
    }
    return media;
  }

  private static MediaLink link(URI url, String quality, String type) {
    Matcher size = SIZE.matcher(url.getPath());
    boolean sized = size.find();
    OptionalInt named =
        quality.matches("[1-9][0-9]{1,4}")
            ? OptionalInt.of(Integer.parseInt(quality))
            : OptionalInt.empty();
    return MediaLink.of(
        url,
        Optional.of(type).filter(t -> !t.isEmpty()),
        sized ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty(),
        sized ? OptionalInt.of(Integer.parseInt(size.group(2))) : named);
  }

  private Failure reason() {
    if (failed()) {
      return refused();
    }
    int qualities = json.path("qualities").size();
    return qualities > 0
        ? failure(
            FailureKind.NEEDS_EXTRACTOR,
            "the player's metadata names %d qualities and no URL".formatted(qualities))
        : failure(FailureKind.MEDIA_NOT_FOUND, "the player's metadata names no qualities");
  }

  private Failure refused() {
    JsonNode error = json.path("error");
    String code = error.path("code").asText("");
    String title = error.path("title").asText("");
    // The longer message names other videos, whose words are not about this one.
    String words = title.isEmpty() ? error.path("message").asText("no reason given") : title;
    return failure(kind(code, words), words + " (" + code + ")");
  }

  /** DM007 is what a region is refused with (seen in reports of 2015 to 2025). */
  private static FailureKind kind(String code, String words) {
    if (code.equals("DM007") || REGION.matcher(words).find()) {
      return FailureKind.GEO_BLOCKED;
    }
    return ACCOUNT.matcher(words).find()
        ? FailureKind.LOGIN_REQUIRED
        : FailureKind.VIDEO_UNAVAILABLE;
  }

  private static Failure failure(FailureKind kind, String detail) {
    return new Failure(kind, "locate", "Dailymotion: " + detail);
  }
}
