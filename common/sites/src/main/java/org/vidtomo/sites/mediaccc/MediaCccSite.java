package org.vidtomo.sites.mediaccc;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** Talks on media.ccc.de (github.com/voc/voctoweb describes its API). */
public final class MediaCccSite implements Site {
  private static final URI API = URI.create("https://api.media.ccc.de/public/");
  private static final Pattern HOST = Pattern.compile("(www\\.|api\\.|app\\.)?media\\.ccc\\.de");
  private static final Pattern EVENT =
      Pattern.compile("/(?:v|public/events)/([\\w.-]{1,200})(?:/(?:oembed|playlist|related))?/?");
  private static final Pattern SLUG = Pattern.compile("[\\w.-]{1,200}");
  private static final Pattern CONFERENCE =
      Pattern.compile("/(?:c|public/conferences|b(?:/[\\w.-]{1,100}){0,8})/([\\w.-]{1,100})/?");

  @Override
  public Optional<VideoId> identify(URI url) {
    return match(EVENT, url).map(slug -> new VideoId("mediaccc", slug));
  }

  private static Optional<String> match(Pattern form, URI url) {
    Matcher matcher = form.matcher(url.getPath() == null ? "" : url.getPath());
    return HOST.matcher(String.valueOf(url.getHost())).matches() && matcher.matches()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  @Override
  public Step begin(URI url) {
    String slug = match(EVENT, url).orElseThrow();
    return new Step.Fetch(SiteRequest.get(API.resolve("events/" + slug)), MediaCccSite::event);
  }

  private static Step event(Document document) {
    JsonNode event = document.json();
    if (!document.successful() || !event.path("recordings").isArray()) {
      return new Step.Found(
          document.status() == 404
              ? Page.failed(FailureKind.VIDEO_UNAVAILABLE, "media.ccc.de has no such talk")
              : Page.failed(document));
    }
    Page page = page(event);
    // Related talks are told by ids; their conference's list has the names that URLs use.
    return Urls.http(event.path("conference_url").asText(""))
        .filter(url -> !event.path("related").isEmpty())
        .<Step>map(
            url ->
                new Step.Fetch(
                    SiteRequest.get(url),
                    list -> new Step.Found(page.withRelated(related(event, list.json()))),
                    Optional.of(page)))
        .orElseGet(() -> new Step.Found(page));
  }

  private static Page page(JsonNode event) {
    List<MediaLink> media = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    for (JsonNode recording : event.path("recordings")) {
      Optional<MediaLink> link = link(recording);
      if (link.isPresent() && original(event, recording)) {
        media.add(link.get());
      } else {
        link.map(MediaLink::candidate).ifPresent(others::add);
      }
    }
    String slug = event.path("slug").asText(event.path("guid").asText());
    return Page.of(media)
        .withOthers(others)
        .withId(
            Optional.of(slug).filter(SLUG.asMatchPredicate()).map(s -> new VideoId("mediaccc", s)))
        .withTitle(Optional.of(event.path("title").asText("")))
        .withDurationSeconds(event.path("duration").asLong(event.path("length").asLong()));
  }

  /** The talk as it was given: no interpreter's track, no slides alone, no sound alone. */
  private static boolean original(JsonNode event, JsonNode recording) {
    String language = event.path("original_language").asText("");
    boolean spoken =
        language.isEmpty() || recording.path("language").asText(language).startsWith(language);
    return spoken
        && recording.path("mime_type").asText().startsWith("video/")
        && !recording.path("folder").asText().contains("slides");
  }

  private static Optional<MediaLink> link(JsonNode recording) {
    String mime = recording.path("mime_type").asText();
    boolean media = mime.startsWith("video/") || mime.startsWith("audio/");
    return Urls.http(recording.path("recording_url").asText(""))
        .filter(url -> media)
        .map(
            url ->
                MediaLink.of(
                    url,
                    Optional.of(mime),
                    OptionalInt.of(recording.path("width").asInt()),
                    OptionalInt.of(recording.path("height").asInt())));
  }

  private static List<URI> related(JsonNode event, JsonNode conference) {
    Map<String, URI> pages = new HashMap<>();
    for (JsonNode other : conference.path("events")) {
      Urls.http(other.path("frontend_link").asText(""))
          .ifPresent(url -> pages.put(other.path("guid").asText(), url));
    }
    List<JsonNode> related = new ArrayList<>();
    event.path("related").forEach(related::add);
    return related.stream()
        .sorted(Comparator.comparingInt((JsonNode r) -> -r.path("weight").asInt()))
        .map(other -> other.path("event_guid").asText())
        .filter(guid -> guid.matches("[\\w-]{1,100}"))
        .map(guid -> pages.getOrDefault(guid, API.resolve("events/" + guid)))
        .toList();
  }

  /** All talks of a conference. */
  @Override
  public Optional<Listing> listing(URI url) {
    return match(CONFERENCE, url)
        .map(name -> SiteRequest.get(API.resolve("conferences/" + name)))
        .map(request -> new Listing(request, MediaCccSite::conference));
  }

  private static ListPage conference(Document document) {
    JsonNode events = document.json().path("events");
    if (!document.successful() || !events.isArray()) {
      return ListPage.unreadable(
          "media.ccc.de has no such conference (status "
              + document.status()
              + "): its page's address ends in the name, as in https://media.ccc.de/c/gpn18");
    }
    List<URI> talks = new ArrayList<>();
    events.forEach(e -> Urls.http(e.path("frontend_link").asText("")).ifPresent(talks::add));
    return ListPage.of(talks, Optional.empty());
  }
}
