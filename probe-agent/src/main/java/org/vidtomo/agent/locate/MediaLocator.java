package org.vidtomo.agent.locate;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.ChosenMedia;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Lookup;
import org.vidtomo.core.report.Video;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Quality;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** Finds the media of a URL and chooses one form of it. */
public final class MediaLocator {
  private final UrlGuard guard;
  private final Requester requester;
  private final Optional<Extractor> extractor;
  private final LongSupplier ticker;

  /**
   * @param extractor asked about pages that say too little themselves
   */
  public MediaLocator(
      Requester requester, UrlGuard guard, Optional<Extractor> extractor, LongSupplier ticker) {
    this.guard = guard;
    this.requester = requester;
    this.extractor = extractor;
    this.ticker = ticker;
  }

  /** What was found, and who found it where that was not the agent itself. */
  private record Finding(Page page, Optional<String> extractor) {}

  /**
   * Locates. Whatever goes wrong is in the lookup.
   *
   * @param maxRelated related links kept
   */
  public Located locate(String text, String quality, int maxRelated, Deadline deadline) {
    long start = ticker.getAsLong();
    VideoId named = Sites.known().identify(text).orElse(new VideoId("page", text));
    Finding finding = find(text, deadline);
    Page page = finding.page();
    VideoId id = page.id().orElse(named);
    Optional<MediaLink> chosen = Optional.empty();
    Optional<Failure> failure = page.failure();
    if (failure.isEmpty()) {
      try {
        chosen = choose(page.media(), quality);
        failure = chosen.isPresent() ? Optional.empty() : Optional.of(unsupported());
      } catch (IllegalArgumentException e) {
        failure = Optional.of(failed(FailureKind.UNSUPPORTED_MEDIA, e.getMessage()));
      }
    }
    Lookup lookup =
        new Lookup(
            finding.extractor().orElse(id.service()),
            candidates(page),
            chosen.stream().map(MediaLocator::chosenMedia).toList(),
            (ticker.getAsLong() - start) / 1000,
            failure);
    return new Located(
        new Video(text, id.service(), Optional.of(id.id()), page.title()),
        lookup,
        page.media(),
        chosen,
        page.durationMicros(),
        page.related().stream().limit(maxRelated).toList());
  }

  /** A task may name only what it may name a page of; what follows is guarded in the requester. */
  private Finding find(String text, Deadline deadline) {
    Optional<Failure> refusal = refusal(text, guard);
    if (refusal.isPresent()) {
      return new Finding(Page.failed(refusal.get()), Optional.empty());
    }
    URI url = Urls.http(text).orElseThrow();
    Step first = Sites.known().of(url).begin(url);
    Page page = new StepRunner(new PageFetcher(requester)).run(first, deadline);
    boolean needed =
        page.failure().filter(f -> f.kind() == FailureKind.NEEDS_EXTRACTOR).isPresent();
    return needed && extractor.isPresent()
        ? extracted(url, page, extractor.get().extract(url, deadline))
        : new Finding(page, Optional.empty());
  }

  /** Why a URL is not measured, as far as that is known before anybody is asked. */
  public static Optional<Failure> refusal(String text, UrlGuard guard) {
    Optional<URI> url = Urls.http(text);
    if (url.isEmpty()) {
      return Optional.of(noPage(text));
    }
    try {
      guard.check(url.get(), UrlGuard.Use.PAGE);
    } catch (RefusedException e) {
      return Optional.of(e.failure("locate"));
    }
    return Sites.known()
        .listing(url.get())
        .map(
            list ->
                failed(
                    FailureKind.INVALID_URL,
                    "a list of videos, not a video: submit it as a campaign's seed"));
  }

  private static Failure noPage(String text) {
    return Urls.streaming(text)
        .map(
            url ->
                failed(
                    FailureKind.NEEDS_EXTRACTOR,
                    url.getScheme() + " is recognised, and not measured yet"))
        .orElseGet(() -> failed(FailureKind.INVALID_URL, "not an http or https URL"));
  }

  /** The extractor's media; the page's own word on what it is and what is related. */
  private static Finding extracted(URI url, Page page, Extractor.Extraction extraction) {
    boolean known = !Sites.known().identify(url.toString()).orElseThrow().service().equals("page");
    Page found =
        extraction
            .page()
            .withId(known ? page.id() : extraction.page().id().or(page::id))
            .withTitle(page.title().or(() -> extraction.page().title()))
            .withRelated(page.related())
            .withDurationMicros(
                page.durationMicros().isPresent()
                    ? page.durationMicros()
                    : extraction.page().durationMicros());
    return new Finding(found, Optional.of(extraction.name()));
  }

  private static List<Candidate> candidates(Page page) {
    return Stream.concat(page.media().stream().map(MediaLink::candidate), page.others().stream())
        .toList();
  }

  private static Optional<MediaLink> choose(List<MediaLink> media, String quality) {
    Quality wish = Quality.parse(quality);
    List<MediaLink> files = media.stream().filter(MediaLink::progressive).toList();
    return wish.choose(files)
        .or(() -> wish.choose(of("hls", media)))
        .or(() -> wish.choose(of("dash", media)));
  }

  private static List<MediaLink> of(String protocol, List<MediaLink> media) {
    return media.stream().filter(link -> link.protocol().equals(protocol)).toList();
  }

  private static Failure unsupported() {
    return failed(
        FailureKind.UNSUPPORTED_MEDIA, "the video is offered in no form that is measured");
  }

  private static Failure failed(FailureKind kind, String detail) {
    return new Failure(kind, "locate", detail);
  }

  private static ChosenMedia chosenMedia(MediaLink link) {
    return new ChosenMedia(
        link.url().toString(),
        link.protocol(),
        link.container(),
        link.width(),
        link.height(),
        link.bitrateBps());
  }
}
