package org.vidtomo.sites.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.page.Offer.Standing;

/** Open Graph and Twitter cards. */
final class HeadMedia {
  private static final List<String> MEDIA =
      List.of("og:video:secure_url", "og:video:url", "og:video", "twitter:player:stream");

  private final HtmlPage page;

  HeadMedia(HtmlPage page) {
    this.page = page;
  }

  List<Offer> offers() {
    Optional<String> type = page.meta("og:video:type");
    List<Offer> offers = new ArrayList<>();
    for (String name : MEDIA) {
      Optional<String> mime =
          name.startsWith("og") ? type : page.meta("twitter:player:stream:content_type");
      page.meta(name)
          .flatMap(link -> page.link(link).or(() -> Urls.streaming(link)))
          .map(url -> link(url, mime))
          .filter(HeadMedia::isMedia)
          .map(link -> new Offer(link, Standing.VIDEO, duration()))
          .ifPresent(offers::add);
    }
    return offers;
  }

  /** Pages of players, which often stand in place of a file. */
  List<URI> players() {
    return List.of("og:video:secure_url", "og:video:url", "og:video", "twitter:player").stream()
        .flatMap(name -> page.meta(name).flatMap(page::link).stream())
        .filter(url -> !isMedia(link(url, Optional.empty())) && !FileNames.other(url))
        .distinct()
        .toList();
  }

  private MediaLink link(URI url, Optional<String> mime) {
    OptionalInt height = size("og:video:height");
    return MediaLink.of(
        url, mime, size("og:video:width"), height.isPresent() ? height : Labels.height(url));
  }

  private OptionalInt size(String name) {
    return page.meta(name).map(ElementMedia::number).orElse(OptionalInt.empty());
  }

  private OptionalLong duration() {
    return page.meta("video:duration")
        .or(() -> page.meta("og:video:duration"))
        .filter(text -> text.matches("[1-9]\\d{0,5}"))
        .map(seconds -> OptionalLong.of(Long.parseLong(seconds) * 1_000_000))
        .orElse(OptionalLong.empty());
  }

  /** Open Graph often names a player's page in place of a file. */
  private static boolean isMedia(MediaLink link) {
    return link.container().isPresent() || !link.progressive();
  }
}
