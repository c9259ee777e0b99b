package org.vidtomo.sites.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.page.Offer.Standing;

/** All that a page names, each URL once, and what of it is the page's video. */
final class Offers {
  private static final int MAX_OFFERS = 400;

  private final URI page;
  private final Map<URI, Offer> byUrl = new LinkedHashMap<>();

  Offers(URI page) {
    this.page = page;
  }

  /**
   * Groups of the same kind, such as the video elements of a page: the first that holds the video
   * counts, the others are other videos.
   */
  void add(List<List<Offer>> groups) {
    boolean found = false;
    for (List<Offer> group : groups) {
      boolean other = found;
      group.forEach(offer -> add(other ? offer.as(Standing.ASIDE) : offer));
      found |= group.stream().anyMatch(offer -> offer.standing() == Standing.VIDEO);
    }
  }

  /** The first mention says what a URL is, unless a later one knows it better. */
  private void add(Offer offer) {
    if (byUrl.size() >= MAX_OFFERS) {
      return;
    }
    Offer judged =
        offer.standing() != Standing.ASIDE && Words.beside(offer.link().url(), page)
            ? offer.as(Standing.DOUBTFUL)
            : offer;
    byUrl.merge(
        offer.link().url(),
        judged,
        (first, later) -> later.standing().compareTo(first.standing()) < 0 ? later : first);
  }

  /** The page says itself what its video is, or names it at least. */
  boolean sure() {
    return byUrl.values().stream()
        .filter(Offers::fetchable)
        .anyMatch(offer -> offer.standing().compareTo(Standing.DOUBTFUL) < 0);
  }

  /** The video's forms; why there are none, otherwise. */
  Page page() {
    for (Standing standing : List.of(Standing.VIDEO, Standing.MENTIONED, Standing.DOUBTFUL)) {
      List<Offer> video = standing(standing);
      if (video.stream().anyMatch(Offers::fetchable)) {
        return of(video);
      }
    }
    boolean streamed =
        byUrl.values().stream().anyMatch(offer -> offer.standing() != Standing.ASIDE);
    Page none =
        streamed
            ? Page.failed(
                FailureKind.NEEDS_EXTRACTOR,
                "the video is offered over " + protocols() + " only, which is not measured")
            : Page.of(List.of());
    return none.withOthers(others(List.of())).withDurationMicros(duration(all()));
  }

  private Page of(List<Offer> video) {
    return Page.of(video.stream().map(Offer::link).toList())
        .withOthers(others(video))
        .withDurationMicros(duration(video));
  }

  private String protocols() {
    return String.join(
        ", ", all().stream().map(offer -> offer.link().protocol()).distinct().sorted().toList());
  }

  private static boolean fetchable(Offer offer) {
    String protocol = offer.link().protocol();
    return offer.link().progressive() || protocol.equals("hls") || protocol.equals("dash");
  }

  private List<Offer> all() {
    return new ArrayList<>(byUrl.values());
  }

  private List<Offer> standing(Standing standing) {
    return byUrl.values().stream().filter(offer -> offer.standing() == standing).toList();
  }

  private List<Candidate> others(List<Offer> video) {
    return byUrl.values().stream()
        .filter(offer -> !video.contains(offer))
        .map(Offer::link)
        .map(MediaLink::candidate)
        .toList();
  }

  private static OptionalLong duration(List<Offer> offers) {
    return offers.stream()
        .map(Offer::durationMicros)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
