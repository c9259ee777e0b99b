package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.ScriptJson;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;

/**
 * The way to one video's media.
 *
 * @param id the video's
 * @param visitor what the page knows this visit by; the player's JSON is asked for with the same
 * @param related as far as they are known
 * @param best the page of the most telling answer so far
 */
record Watch(String id, Optional<String> visitor, List<URI> related, Optional<Page> best) {
  private static final URI YOUTUBE = URI.create("https://www.youtube.com/");

  /** Another client would be told the same. */
  private static final Set<FailureKind> FINAL =
      EnumSet.of(FailureKind.BOT_CHECK, FailureKind.GEO_BLOCKED, FailureKind.LOGIN_REQUIRED);

  static Step begin(URI url, String id) {
    Watch nothing = new Watch(id, Optional.empty(), List.of(), Optional.empty());
    boolean live = !VideoUrls.isId(id);
    URI page = live ? YOUTUBE.resolve("/" + id) : VideoUrls.watch(id);
    return new Step.Fetch(
        Innertube.page(page),
        document -> live ? liveRead(document, id) : nothing.pageRead(document));
  }

  /** A channel's page of what it shows live: of which video, the page tells. */
  private static Step liveRead(Document document, String channel) {
    Optional<String> id = player(document).flatMap(PlayerResponse::videoId);
    if (id.isPresent()) {
      return new Watch(id.get(), Optional.empty(), List.of(), Optional.empty()).pageRead(document);
    }
    Page none =
        document.successful()
            ? Page.failed(FailureKind.VIDEO_UNAVAILABLE, "YouTube: " + channel + " shows nothing")
            : Page.failed(document);
    return new Step.Found(wall(document).orElse(none));
  }

  private static Optional<PlayerResponse> player(Document document) {
    return ScriptJson.after(document.text(), "ytInitialPlayerResponse").flatMap(PlayerResponse::of);
  }

  private Step pageRead(Document document) {
    Optional<Page> wall = wall(document);
    if (wall.isPresent()) {
      // The JSON is not behind the wall of consent; what distrusts this address is not asked again.
      boolean end = wall.get().failure().orElseThrow().kind() == FailureKind.BOT_CHECK;
      return end ? new Step.Found(named(wall.get())) : with(wall.get()).askPhone();
    }
    String html = document.text();
    Optional<JsonNode> data = ScriptJson.after(html, "ytInitialData");
    Optional<PlayerResponse> player = player(document).filter(p -> p.isOf(id));
    Watch now =
        new Watch(
            id,
            data.map(d -> d.at("/responseContext/visitorData").asText(""))
                .filter(v -> !v.isEmpty()),
            data.map(Watch::relatedIn).orElse(List.of()),
            player.map(PlayerResponse::page).or(() -> unread(document)));
    boolean open = player.filter(p -> !p.throttled()).isPresent() && now.found();
    return open || now.over() ? now.end() : now.askPhone();
  }

  /** A page that asks for something else before it shows a video. */
  private static Optional<Page> wall(Document document) {
    String host = Urls.host(document.url());
    if (host.startsWith("consent.")) {
      return Optional.of(
          Page.failed(
              FailureKind.CONSENT_REQUIRED,
              "YouTube asks for consent to cookies before it shows a page (" + host + ")"));
    }
    boolean sorry = document.url().getPath().startsWith("/sorry");
    return document.status() == 429 || sorry
        ? Optional.of(
            Page.failed(
                FailureKind.BOT_CHECK,
                "YouTube takes requests of this address for a robot's (status "
                    + document.status()
                    + ")"))
        : Optional.empty();
  }

  private static Optional<Page> unread(Document document) {
    return document.successful()
        ? Optional.of(
            Page.failed(
                FailureKind.MEDIA_NOT_FOUND,
                "YouTube: the watch page says nothing of a player and its forms"))
        : Optional.of(Page.failed(document));
  }

  private Step askPhone() {
    return askBoth(Innertube.phonePlayer(id, visitor), Watch::askHeadset);
  }

  private Step askHeadset() {
    return askBoth(Innertube.headsetPlayer(id, visitor), Watch::end);
  }

  private Step askBoth(SiteRequest request, Function<Watch, Step> next) {
    return ask(request, now -> now.ask(Innertube.elsewhere(request), next, next), next);
  }

  /**
   * Asks for a player's response.
   *
   * @param unanswered what is next where the answer is no such response
   * @param next what is next where it gives nothing open
   */
  private Step ask(
      SiteRequest request, Function<Watch, Step> unanswered, Function<Watch, Step> next) {
    return new Step.Fetch(
        request,
        document -> {
          if (empty(document)) {
            return next.apply(
                with(Page.failed(FailureKind.VIDEO_UNAVAILABLE, "YouTube knows no video " + id)));
          }
          Optional<PlayerResponse> player =
              PlayerResponse.of(document.json()).filter(p -> p.isOf(id));
          if (player.isEmpty()) {
            return unanswered.apply(this);
          }
          Watch now = with(player.get().page());
          boolean open = !player.get().throttled() && now.found();
          return open || now.over() ? now.end() : next.apply(now);
        },
        Optional.of(finished()));
  }

  /** Of a video that is none, players are told nothing at all. */
  private static boolean empty(Document document) {
    return document.successful() && document.json().isObject() && document.json().isEmpty();
  }

  private Watch with(Page page) {
    boolean better = best.map(b -> weight(page) > weight(b)).orElse(true);
    return better ? new Watch(id, visitor, related, Optional.of(page)) : this;
  }

  /** Media, then what tells most to whoever reads the report. */
  private static int weight(Page page) {
    if (page.failure().isEmpty()) {
      return page.media().stream().allMatch(link -> Format.throttled(link.url())) ? 4 : 5;
    }
    return switch (page.failure().get().kind()) {
      case NEEDS_EXTRACTOR -> 3;
      case BOT_CHECK, GEO_BLOCKED, LOGIN_REQUIRED -> 2;
      case VIDEO_UNAVAILABLE, CONSENT_REQUIRED, UNSUPPORTED_MEDIA -> 1;
      default -> 0;
    };
  }

  private boolean found() {
    return best.filter(page -> page.failure().isEmpty()).isPresent();
  }

  private boolean over() {
    return best.flatMap(Page::failure).filter(f -> FINAL.contains(f.kind())).isPresent();
  }

  /** Related videos, unless the page had them or there is no video. */
  private Step end() {
    return found() && related.isEmpty()
        ? new Step.Fetch(
            Innertube.next(id),
            document -> new Step.Found(finished().withRelated(relatedIn(document.json()))),
            Optional.of(finished()))
        : new Step.Found(finished());
  }

  private Page finished() {
    return named(
        best.orElseGet(
            () -> Page.failed(FailureKind.MEDIA_NOT_FOUND, "YouTube answered nothing of use")));
  }

  private Page named(Page page) {
    return page.withRelated(related);
  }

  private static List<URI> relatedIn(JsonNode data) {
    return Renderers.in(data.at("/contents/twoColumnWatchNextResults/secondaryResults")).videos();
  }
}
