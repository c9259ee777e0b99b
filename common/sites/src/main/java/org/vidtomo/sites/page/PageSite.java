package org.vidtomo.sites.page;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.CanonicalUrl;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.FileSite;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/**
 * Any page or document of no known service. Where it does not name its media itself, the players
 * and documents that it names are followed: page, player, parameters, as deep as older sites hide
 * their media.
 */
public final class PageSite implements Site {
  /** Sites whose pages tell nothing without running their scripts. */
  private static final Set<String> NEED_EXTRACTOR =
      Set.of(
          "vimeo.com",
          "twitch.tv",
          "tiktok.com",
          "facebook.com",
          "instagram.com",
          "twitter.com",
          "x.com",
          "bilibili.com",
          "vk.com",
          "rumble.com",
          "odysee.com");

  @Override
  public Optional<VideoId> identify(URI url) {
    return Optional.of(new VideoId("page", CanonicalUrl.of(url).toString()));
  }

  @Override
  public Step begin(URI url) {
    return new Step.Fetch(SiteRequest.get(url), document -> read(url, document));
  }

  private static Step read(URI asked, Document document) {
    if (document.media()) {
      return new Step.Found(FileSite.media(asked, document));
    }
    if (!document.successful()) {
      return new Step.Found(Page.failed(document));
    }
    Reading reading = Reading.of(document);
    return new Trail(new LinkedHashSet<>(List.of(asked, document.url())), 0)
        .follow(named(reading.page(), document.url()), reading);
  }

  /** Where nothing is found, some sites are known to need more. */
  private static Page named(Page page, URI url) {
    boolean needs =
        page.failure().filter(f -> f.kind() == FailureKind.MEDIA_NOT_FOUND).isPresent()
            && NEED_EXTRACTOR.stream().anyMatch(host -> under(url, host));
    return needs
        ? page.failing(
            Page.failed(
                    FailureKind.NEEDS_EXTRACTOR, "this site names its media to its scripts only")
                .failure()
                .orElseThrow())
        : page;
  }

  private static boolean under(URI url, String host) {
    String own = url.getHost().toLowerCase(Locale.ROOT);
    return own.equals(host) || own.endsWith("." + host);
  }

  /**
   * The way so far.
   *
   * @param seen is not fetched again; shared by all steps of the lookup
   */
  private record Trail(Set<URI> seen, int depth) {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_REQUESTS = 6;

    /** Follows what a page leads to; what it says itself stands where nothing comes of it. */
    Step follow(Page page, Reading reading) {
      boolean more = !reading.sure() && depth < MAX_DEPTH && seen.size() < MAX_REQUESTS + 2;
      Optional<URI> next =
          more ? reading.leads().stream().filter(seen::add).findFirst() : Optional.empty();
      if (next.isEmpty()) {
        return new Step.Found(page);
      }
      URI url = next.get();
      Step first =
          Embeds.known(url)
              ? Sites.known().of(url).begin(url)
              : new Step.Fetch(
                  SiteRequest.get(url).with("Referer", referer()), document -> read(url, document));
      return within(first, page, reading);
    }

    /** The page itself, without what is bound to its visitor. */
    private String referer() {
      URI page = seen.iterator().next();
      return page.getScheme() + "://" + Urls.hostAndPort(page) + page.getRawPath();
    }

    /** Media is fetched again from where it was asked for: the way there is to be measured. */
    private Step read(URI asked, Document document) {
      if (document.media()) {
        MediaLink link = MediaLink.of(asked, document.contentType());
        return new Step.Found(Page.of(List.of(link)));
      }
      if (!document.successful()) {
        return new Step.Found(Page.failed(document));
      }
      Reading reading = Reading.of(document);
      return new Trail(seen, depth + 1).follow(reading.page(), reading);
    }

    /** Takes the steps of what was followed, and goes on here if they end without media. */
    private Step within(Step step, Page page, Reading reading) {
      if (step instanceof Step.Fetch fetch) {
        return new Step.Fetch(
            fetch.request(),
            document -> within(fetch.then().apply(document), page, reading),
            Optional.of(page));
      }
      Page found = ((Step.Found) step).page();
      return found.media().isEmpty()
          ? follow(reason(page, found), reading)
          : new Step.Found(adopted(page, found));
    }

    /** That a player refuses says more than that its page names nothing. */
    private static Page reason(Page page, Page found) {
      boolean plain =
          page.failure().filter(f -> f.kind() == FailureKind.MEDIA_NOT_FOUND).isPresent();
      return plain
          ? found.failure().filter(f -> TELLING.contains(f.kind())).map(page::failing).orElse(page)
          : page;
    }

    private static final Set<FailureKind> TELLING =
        Set.of(
            FailureKind.NEEDS_EXTRACTOR,
            FailureKind.GEO_BLOCKED,
            FailureKind.LOGIN_REQUIRED,
            FailureKind.BOT_CHECK,
            FailureKind.VIDEO_UNAVAILABLE);

    /** The media of a player, under the name of the page that shows it. */
    private static Page adopted(Page page, Page player) {
      return player
          .withId(Optional.empty())
          .withTitle(page.title().or(player::title))
          .withRelated(page.related());
    }
  }
}
