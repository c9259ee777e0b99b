package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.ScriptJson;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/**
 * Channels, playlists, searches and the chart of trending music: the page first, then the JSON that
 * it would ask for when scrolled.
 */
final class YouTubeLists {
  private static final String BROWSE = "browse";
  private static final String SEARCH = "search";
  private static final String CHARTS = "charts.youtube.com";
  private static final Set<String> TABS = Set.of("videos", "shorts", "streams", "livetab");

  /** What the page of a channel's tab asks for (seen in 2026). */
  private static final Map<String, String> TAB_PARAMETERS =
      Map.of("videos", "EgZ2aWRlb3PyBgQKAjoA", "livetab", "EgdsaXZldGFikgEDCKEK");

  private YouTubeLists() {}

  static Optional<Listing> of(URI url) {
    List<String> path = Query.path(url);
    if (Urls.host(url).equals(CHARTS)) {
      return chart(path);
    }
    if (!VideoUrls.own(url) || path.isEmpty() || VideoUrls.identify(url).isPresent()) {
      return Optional.empty();
    }
    boolean embedded = path.equals(List.of("embed", "videoseries"));
    if (path.get(0).equals("playlist") || embedded) {
      return Query.parameter(url, "list").map(YouTubeLists::playlist);
    }
    if (path.get(0).equals("results")) {
      return Query.parameter(url, "search_query").map(YouTubeLists::search);
    }
    return channel(path);
  }

  private static Listing playlist(String id) {
    URI page = Query.url("https://www.youtube.com/playlist", "list", id);
    SiteRequest otherwise = Innertube.browse("VL" + id, Optional.empty());
    return page(page, BROWSE, Optional.of(otherwise));
  }

  private static Listing search(String words) {
    URI page = Query.url("https://www.youtube.com/results", "search_query", words);
    return page(page, SEARCH, Optional.of(Innertube.search(words)));
  }

  /**
   * {@code /@name}, {@code /channel/UC…}, {@code /c/name}, {@code /user/name}, with a tab or none.
   */
  private static Optional<Listing> channel(List<String> path) {
    boolean handle = path.get(0).startsWith("@") && path.get(0).length() > 1;
    boolean named = Set.of("channel", "c", "user").contains(path.get(0)) && path.size() > 1;
    if (!handle && !named) {
      return Optional.empty();
    }
    int length = handle ? 1 : 2;
    String tab =
        path.size() > length && TABS.contains(path.get(length)) ? path.get(length) : "videos";
    String own = String.join("/", path.subList(0, length).stream().map(VideoUrls::part).toList());
    Optional<SiteRequest> otherwise =
        Optional.ofNullable(TAB_PARAMETERS.get(tab))
            .filter(parameters -> path.get(0).equals("channel"))
            .map(parameters -> Innertube.browse(path.get(1), Optional.of(parameters)));
    URI page = URI.create("https://www.youtube.com/" + own + "/" + tab);
    return Optional.of(page(page, BROWSE, otherwise));
  }

  /**
   * A list that begins with a page.
   *
   * @param endpoint where the page would ask for more
   * @param otherwise where the same is to be had when a wall of consent is in the way
   */
  private static Listing page(URI url, String endpoint, Optional<SiteRequest> otherwise) {
    return new Listing(
        Innertube.page(url),
        document -> {
          Optional<JsonNode> data = ScriptJson.after(document.text(), "ytInitialData");
          if (data.isEmpty() && otherwise.isPresent()) {
            return ListPage.of(List.of(), Optional.of(json(otherwise.get(), endpoint, true)));
          }
          return data.map(d -> read(d, endpoint, true)).orElseGet(() -> unreadable(document));
        });
  }

  private static Listing json(SiteRequest request, String endpoint, boolean first) {
    return new Listing(
        request,
        document -> {
          JsonNode data = document.json();
          return document.successful() && data.isObject()
              ? read(data, endpoint, first)
              : unreadable(document);
        });
  }

  /** Only the first page has to have videos: some lists end with an empty one. */
  private static ListPage read(JsonNode data, String endpoint, boolean first) {
    Renderers.Found found = Renderers.in(content(data));
    Optional<Listing> next =
        found
            .continuation()
            .filter(token -> !found.videos().isEmpty() || first)
            .map(token -> json(Innertube.more(endpoint, token), endpoint, false));
    if (first && found.videos().isEmpty() && next.isEmpty()) {
      return ListPage.unreadable("YouTube lists no videos there" + alert(data));
    }
    return ListPage.of(found.videos(), next);
  }

  /** Without the frame around it, which recommends other lists. */
  private static JsonNode content(JsonNode data) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    for (String part :
        List.of(
            "contents",
            "continuationContents",
            "onResponseReceivedActions",
            "onResponseReceivedCommands",
            "onResponseReceivedEndpoints")) {
      content.set(part, data.path(part));
    }
    return content;
  }

  private static String alert(JsonNode data) {
    for (JsonNode alert : data.path("alerts")) {
      String text = Renderers.text(alert.path("alertRenderer").path("text"));
      if (!text.isEmpty()) {
        return ": " + text;
      }
    }
    return "; check the URL in a browser";
  }

  private static ListPage unreadable(Document document) {
    String why =
        Urls.host(document.url()).startsWith("consent.")
            ? "it asks for consent to cookies first"
            : document.successful()
                ? "its page is none that is known; check the URL in a browser"
                : "it answered with status " + document.status();
    return ListPage.unreadable("YouTube's list could not be read: " + why);
  }

  /** {@code /charts/TrendingVideos/gb}: music only, a country's, a page. */
  private static Optional<Listing> chart(List<String> path) {
    boolean trending =
        path.size() == 3
            && path.get(0).equals("charts")
            && path.get(1).equals("TrendingVideos")
            && path.get(2).matches("[A-Za-z]{2}");
    return trending
        ? Optional.of(
            new Listing(
                Innertube.trendingMusic(path.get(2).toUpperCase(Locale.ROOT)),
                YouTubeLists::chartRead))
        : Optional.empty();
  }

  private static ListPage chartRead(Document document) {
    List<URI> videos = new ArrayList<>();
    for (JsonNode views : document.json().findValues("videoViews")) {
      for (JsonNode view : views) {
        String id = view.path("id").asText("");
        if (VideoUrls.isId(id)) {
          videos.add(VideoUrls.watch(id));
        }
      }
    }
    return videos.isEmpty() ? unreadable(document) : ListPage.of(videos, Optional.empty());
  }
}
