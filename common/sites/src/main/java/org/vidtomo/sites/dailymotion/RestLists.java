package org.vidtomo.sites.dailymotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.core.task.TimeFrame;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/**
 * Lists of Dailymotion's open REST interface (developers.dailymotion.com): users, playlists,
 * searches, and what was watched most.
 */
final class RestLists {
  private static final String API = "https://api.dailymotion.com";

  /** The interface gives no more on a page. */
  private static final int PER_PAGE = 100;

  /** The interface goes no further in any list. */
  private static final int MAX_PAGES = 10;

  /** First parts of paths that are no users' names. */
  private static final Set<String> NO_USERS =
      Set.of(
          "video",
          "embed",
          "swf",
          "player",
          "player.html",
          "hub",
          "cdn",
          "legal",
          "signin",
          "about",
          "help",
          "feed",
          "library",
          "explore",
          "trending",
          "topic",
          "products",
          "partner",
          "news");

  private RestLists() {}

  static Optional<Listing> of(URI url) {
    List<String> path = Query.path(url);
    if (!DailymotionUrls.own(url) || path.isEmpty()) {
      return Optional.empty();
    }
    String second = path.size() > 1 ? path.get(1) : "";
    return switch (path.get(0)) {
      case "playlist" ->
          Optional.of(second.split("_", 2)[0])
              .filter(DailymotionUrls::isId)
              .map(id -> page(API + "/playlist/" + id + "/videos", 1));
      case "search" ->
          Optional.of(second)
              .filter(words -> !words.isEmpty())
              .map(words -> page(API + "/videos", 1, "search", words));
      case "user" -> user(second);
      default ->
          path.size() <= 2 && !NO_USERS.contains(path.get(0))
              ? user(path.get(0))
              : Optional.empty();
    };
  }

  static Listing popular(TimeFrame frame) {
    String sort =
        switch (frame) {
          case TODAY -> "visited-today";
          case WEEK -> "visited-week";
          case MONTH -> "visited-month";
          case ALL_TIME -> "visited";
        };
    return page(API + "/videos", 1, "sort", sort);
  }

  private static Optional<Listing> user(String name) {
    return name.matches("[A-Za-z0-9._-]{2,60}")
        ? Optional.of(page(API + "/user/" + name + "/videos", 1))
        : Optional.empty();
  }

  private static Listing page(String address, int number, String... filter) {
    List<String> query = new ArrayList<>(List.of("fields", "id"));
    query.addAll(List.of(filter));
    query.addAll(List.of("limit", String.valueOf(PER_PAGE), "page", String.valueOf(number)));
    URI url = Query.url(address, query.toArray(String[]::new));
    return new Listing(SiteRequest.get(url), document -> read(document, address, number, filter));
  }

  /** An empty page is the end, whatever {@code has_more} says (seen in 2017). */
  private static ListPage read(Document document, String address, int number, String... filter) {
    JsonNode json = document.json();
    if (!document.successful() || !json.path("list").isArray()) {
      String why = json.path("error").path("message").asText("status " + document.status());
      return ListPage.unreadable("Dailymotion's list could not be read: " + why);
    }
    List<URI> videos = videos(json);
    boolean more = json.path("has_more").asBoolean(false) && !videos.isEmpty();
    return ListPage.of(
        videos,
        more && number < MAX_PAGES
            ? Optional.of(page(address, number + 1, filter))
            : Optional.empty());
  }

  /** The pages of a list's videos; entries may give their id, their URL, or both. */
  static List<URI> videos(JsonNode json) {
    List<URI> videos = new ArrayList<>();
    for (JsonNode entry : json.path("list")) {
      Optional.of(entry.path("id").asText(""))
          .filter(DailymotionUrls::isId)
          .or(() -> Urls.http(entry.path("url").asText("")).flatMap(DailymotionUrls::id))
          .map(DailymotionUrls::video)
          .ifPresent(videos::add);
    }
    return videos;
  }
}
