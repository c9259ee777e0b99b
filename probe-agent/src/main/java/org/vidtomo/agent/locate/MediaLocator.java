package org.vidtomo.agent.locate;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
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
import org.vidtomo.sites.FileSite;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Quality;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** Finds the media of a URL and chooses one form of it. */
public final class MediaLocator {
  private final UrlGuard guard;
  private final PageFetcher pages;
  private final LongSupplier ticker;

  public MediaLocator(Requester requester, UrlGuard guard, LongSupplier ticker) {
    this.guard = guard;
    this.pages = new PageFetcher(requester);
    this.ticker = ticker;
  }

  /** What reading a URL gave: which service's, and what it says. */
  private record Reading(VideoId id, Page page, Optional<Failure> failure) {}

  /**
   * Locates. Whatever goes wrong is in the lookup.
   *
   * @param maxRelated related links kept
   */
  public Located locate(String text, String quality, int maxRelated, Deadline deadline) {
    long start = ticker.getAsLong();
    Reading reading = read(text, deadline);
    List<MediaLink> media = reading.page().media();
    Optional<MediaLink> chosen = Optional.empty();
    Optional<Failure> failure = reading.failure();
    if (media.isEmpty()) {
      failure = failure.or(() -> Optional.of(notFound(reading.page())));
    } else {
      try {
        chosen = choose(media, quality);
        failure = chosen.isPresent() ? Optional.empty() : Optional.of(unsupported());
      } catch (IllegalArgumentException e) {
        failure = Optional.of(failed(FailureKind.UNSUPPORTED_MEDIA, e.getMessage()));
      }
    }
    Lookup lookup =
        new Lookup(
            reading.id().service(),
            media.stream().map(MediaLocator::candidate).toList(),
            chosen.stream().map(MediaLocator::chosenMedia).toList(),
            (ticker.getAsLong() - start) / 1000,
            failure);
    return new Located(
        new Video(
            text, reading.id().service(), Optional.of(reading.id().id()), reading.page().title()),
        lookup,
        chosen,
        reading.page().durationMicros(),
        reading.page().related().stream().limit(maxRelated).toList());
  }

  private Reading read(String text, Deadline deadline) {
    Optional<URI> url = Urls.http(text);
    if (url.isEmpty()) {
      VideoId none = new VideoId("page", text);
      return nothing(none, failed(FailureKind.INVALID_URL, "not an http or https URL"));
    }
    VideoId id = Sites.known().identify(url.get().toString()).orElseThrow();
    if (!id.service().equals("page")) {
      return file(id, url.get());
    }
    Fetched fetched = pages.fetch(url.get(), deadline);
    if (fetched.document().isEmpty()) {
      return nothing(id, fetched.failure().orElseThrow());
    }
    Page page =
        fetched.media()
            ? FileSite.media(fetched.url(), fetched.document().get().contentType())
            : Sites.known().of(url.get()).read(fetched.url(), fetched.document().get());
    VideoId found = fetched.media() ? new VideoId(service(page), id.id()) : id;
    return new Reading(found, page, fetched.failure());
  }

  /** A media file needs no page, but a task may name it only where it may name a page. */
  private Reading file(VideoId id, URI url) {
    try {
      guard.check(url, UrlGuard.Use.PAGE);
      return new Reading(id, FileSite.media(url, Optional.empty()), Optional.empty());
    } catch (RefusedException e) {
      return nothing(id, failed(e.kind(), e.getMessage()));
    }
  }

  private static String service(Page media) {
    MediaLink link = media.media().get(0);
    return link.progressive() ? "file" : link.protocol();
  }

  private static Reading nothing(VideoId id, Failure failure) {
    Page none =
        new Page(
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            List.of(),
            Optional.of(failure.kind()));
    return new Reading(id, none, Optional.of(failure));
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

  private static Failure notFound(Page page) {
    return failed(
        page.failure().orElse(FailureKind.MEDIA_NOT_FOUND), "the page names no media openly");
  }

  private static Failure unsupported() {
    return failed(
        FailureKind.UNSUPPORTED_MEDIA, "the video is offered in no form that is measured");
  }

  private static Failure failed(FailureKind kind, String detail) {
    return new Failure(kind, "locate", detail);
  }

  private static Candidate candidate(MediaLink link) {
    return new Candidate(
        link.protocol(),
        link.container(),
        link.videoCodec(),
        link.audioCodec(),
        link.width(),
        link.height(),
        link.bitrateBps(),
        link.contentLength());
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
