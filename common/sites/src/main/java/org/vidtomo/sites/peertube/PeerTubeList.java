package org.vidtomo.sites.peertube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/** The videos of an account, a channel or a playlist, a page of the API at a time. */
final class PeerTubeList {
  private static final int PAGE = 100;

  /** The API's own bound: it refuses to begin further back. */
  private static final int MAX_START = 10_000;

  private static final Map<Pattern, String> FORMS =
      Map.of(
          Pattern.compile(
              "/(?:a/|accounts/|api/v1/accounts/)([^/]{1,150})/(?:videos|video-channels)/?"),
          "/api/v1/accounts/%s/videos?sort=-publishedAt",
          Pattern.compile("/(?:c|video-channels|api/v1/video-channels)/([^/]{1,150})/videos/?"),
          "/api/v1/video-channels/%s/videos?sort=-publishedAt",
          Pattern.compile("/(?:w/p|videos/watch/playlist)/([0-9A-Za-z-]{22,36})/?"),
          "/api/v1/video-playlists/%s/videos?");

  private PeerTubeList() {}

  static Optional<Listing> of(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    for (Map.Entry<Pattern, String> form : FORMS.entrySet()) {
      Matcher matcher = form.getKey().matcher(path);
      if (matcher.matches()) {
        return Optional.of(from(url.resolve(form.getValue().formatted(matcher.group(1))), 0));
      }
    }
    return Optional.empty();
  }

  private static Listing from(URI api, int start) {
    String mark = api.getRawQuery() == null || api.getRawQuery().isEmpty() ? "" : "&";
    String text = api.toString();
    URI page =
        URI.create(
            (text.contains("?") ? text : text + "?") + mark + "start=" + start + "&count=" + PAGE);
    return new Listing(
        SiteRequest.get(page).with("Accept", "application/json"),
        document -> read(api, start, document));
  }

  private static ListPage read(URI api, int start, Document document) {
    JsonNode json = document.json();
    if (!document.successful() || !json.path("data").isArray()) {
      return ListPage.unreadable(
          document.url().getHost()
              + " does not answer as PeerTube's API does (status "
              + document.status()
              + "): name the videos one by one");
    }
    int next = start + PAGE;
    boolean more =
        next < json.path("total").asInt() && next <= MAX_START && !json.path("data").isEmpty();
    return ListPage.of(
        videos(document.url(), json), more ? Optional.of(from(api, next)) : Optional.empty());
  }

  /** The pages of the videos in an answer, at the instance that gave it. */
  static List<URI> videos(URI api, JsonNode json) {
    List<URI> videos = new ArrayList<>();
    for (JsonNode entry : json.path("data")) {
      JsonNode video = entry.has("video") ? entry.path("video") : entry;
      Optional<String> uuid = ShortId.uuid(video.path("uuid").asText(""));
      // Found by a search of the whole network, it may be unknown to this instance.
      Optional<URI> own = Urls.http(video.path("url").asText(""));
      boolean local = video.path("isLocal").asBoolean(true) || own.isEmpty();
      uuid.map(id -> local ? api.resolve("/videos/watch/" + id) : own.get()).ifPresent(videos::add);
    }
    return videos;
  }
}
