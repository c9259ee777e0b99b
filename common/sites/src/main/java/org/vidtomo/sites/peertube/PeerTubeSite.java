package org.vidtomo.sites.peertube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;
import org.vidtomo.sites.page.PageSite;

/**
 * Videos on any instance of PeerTube. An instance is known by the form of its URLs and by its API's
 * answer (docs.joinpeertube.org/api-rest-reference.html); where that does not come, the page is
 * read like any other.
 */
public final class PeerTubeSite implements Site {
  private static final Pattern VIDEO =
      Pattern.compile("/(?:w|videos/watch|videos/embed|api/v1/videos)/([0-9A-Za-z-]{22,36})/?");

  private static final int RELATED = 8;

  /** PeerTube's own bounds: tags of a video, letters of a tag, a name or a host. */
  private static final int MAX_TAGS = 5;

  private static final int MAX_WORD = 120;

  private final PageSite pages = new PageSite();

  @Override
  public Optional<VideoId> identify(URI url) {
    return uuid(url).map(id -> id(url, id));
  }

  private static Optional<String> uuid(URI url) {
    Matcher form = VIDEO.matcher(url.getPath() == null ? "" : url.getPath());
    return form.matches() ? ShortId.uuid(form.group(1)) : Optional.empty();
  }

  /** The same video is on many instances, and each serves it in its own way. */
  private static VideoId id(URI url, String uuid) {
    return new VideoId("peertube", Urls.hostAndPort(url) + "/" + uuid);
  }

  @Override
  public Step begin(URI url) {
    return begin(url, url, true);
  }

  private Step begin(URI asked, URI at, boolean elsewhere) {
    URI api = at.resolve("/api/v1/videos/" + uuid(at).orElseThrow());
    return new Step.Fetch(
        SiteRequest.get(api).with("Accept", "application/json"),
        document -> read(asked, document, elsewhere));
  }

  private Step read(URI asked, Document document, boolean elsewhere) {
    JsonNode json = document.json();
    Optional<String> uuid = ShortId.uuid(json.path("uuid").asText(""));
    if (document.successful() && uuid.isPresent() && offers(json)) {
      return video(asked, document.url(), uuid.get(), json);
    }
    // An instance that does not follow another's says where the video is.
    Optional<URI> origin = Urls.http(json.path("originUrl").asText(""));
    if (elsewhere && origin.flatMap(PeerTubeSite::uuid).isPresent()) {
      return begin(asked, origin.get(), false);
    }
    return json.path("status").isInt() && json.has("title") || json.has("code")
        ? new Step.Found(refused(json, document.status()))
        : pages.begin(asked);
  }

  /** Instances before version 1.3 had no playlists. */
  private static boolean offers(JsonNode json) {
    return json.path("files").isArray() || json.path("streamingPlaylists").isArray();
  }

  private static Page refused(JsonNode problem, int status) {
    String detail = "PeerTube: " + problem.path("detail").asText(problem.path("error").asText(""));
    FailureKind kind =
        switch (status) {
          case 401, 403 -> FailureKind.LOGIN_REQUIRED;
          case 404, 410 -> FailureKind.VIDEO_UNAVAILABLE;
          case 451 -> FailureKind.GEO_BLOCKED;
          default -> FailureKind.HTTP_STATUS;
        };
    return Page.failed(kind, detail);
  }

  private static Step video(URI asked, URI api, String uuid, JsonNode json) {
    Page page = PeerTubeVideo.page(json).withId(Optional.of(id(asked, uuid)));
    return new Step.Fetch(
        SiteRequest.get(related(api, json)).with("Accept", "application/json"),
        document -> new Step.Found(page.withRelated(others(asked, uuid, document))),
        Optional.of(page));
  }

  /** As PeerTube's own pages: what shares a tag; without tags, what is on the same channel. */
  private static URI related(URI api, JsonNode json) {
    String range = "start=0&count=" + RELATED;
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < Math.min(json.path("tags").size(), MAX_TAGS); i++) {
      tags.add("&tagsOneOf=" + word(json.path("tags").path(i)));
    }
    JsonNode channel = json.path("channel");
    String name = word(channel.path("name")) + "%40" + word(channel.path("host"));
    return api.resolve(
        tags.isEmpty()
            ? "/api/v1/video-channels/" + name + "/videos?" + range + "&sort=-publishedAt"
            : "/api/v1/search/videos?" + range + "&sort=-createdAt" + String.join("", tags));
  }

  private static List<URI> others(URI asked, String uuid, Document document) {
    return PeerTubeList.videos(document.url(), document.json()).stream()
        .filter(url -> !uuid(url).equals(Optional.of(uuid)))
        .filter(url -> !url.equals(asked))
        .toList();
  }

  private static String word(JsonNode text) {
    String word = text.asText("");
    return Query.encoded(word.substring(0, Math.min(word.length(), MAX_WORD)));
  }

  @Override
  public Optional<Listing> listing(URI url) {
    return PeerTubeList.of(url);
  }
}
