package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;

/**
 * What was found of a video.
 *
 * @param id which video it turned out to be, where that is not what the URL says
 * @param title the video's, else the page's
 * @param media the forms in which the video is offered and can be fetched, in the page's order
 * @param others forms that are offered as well and are not to be measured in the video's place:
 *     sound or picture alone beside both together, dubbed tracks, trailers, what is enciphered
 * @param durationMicros of the video, where the page tells
 * @param related pages of other videos, in the page's order, at most {@value #MAX_RELATED}
 * @param failure why there is no media; present exactly when there is none
 */
public record Page(
    Optional<VideoId> id,
    Optional<String> title,
    List<MediaLink> media,
    List<Candidate> others,
    OptionalLong durationMicros,
    List<URI> related,
    Optional<Failure> failure) {
  public static final int MAX_RELATED = 200;

  /** Forms of one video; the longest lists of real sites have about 150. */
  public static final int MAX_FORMS = 200;

  private static final int MAX_TITLE = 300;

  public Page {
    requireNonNull(id, "id");
    title = title.map(String::strip).filter(t -> !t.isEmpty()).map(Page::shortened);
    media = media.stream().limit(MAX_FORMS).toList();
    others = others.stream().limit(MAX_FORMS).toList();
    related = related.stream().distinct().limit(MAX_RELATED).toList();
    if (failure.isPresent() != media.isEmpty()) {
      throw new IllegalArgumentException("a page has a failure exactly when it has no media");
    }
  }

  private static String shortened(String title) {
    return title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE - 1) + "…" : title;
  }

  /** A page that offers a video; one that names none has {@code media_not_found}. */
  public static Page of(List<MediaLink> media) {
    if (media.isEmpty()) {
      return failed(FailureKind.MEDIA_NOT_FOUND, "the page names no media openly");
    }
    return new Page(
        Optional.empty(),
        Optional.empty(),
        media,
        List.of(),
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * No media.
   *
   * @param detail why, in a few words for a person, without tokens
   */
  public static Page failed(FailureKind kind, String detail) {
    return failed(new Failure(kind, "locate", detail));
  }

  /** No media. */
  public static Page failed(Failure failure) {
    return new Page(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalLong.empty(),
        List.of(),
        Optional.of(failure));
  }

  /** A document that could not be had. */
  public static Page failed(Document document) {
    return failed(Failure.ofStatus(document.status(), "locate"));
  }

  /** The same without media, for another reason. */
  public Page failing(Failure reason) {
    return new Page(id, title, List.of(), others, durationMicros, related, Optional.of(reason));
  }

  public Page withId(Optional<VideoId> video) {
    return new Page(video, title, media, others, durationMicros, related, failure);
  }

  public Page withTitle(Optional<String> text) {
    return new Page(id, text, media, others, durationMicros, related, failure);
  }

  public Page withOthers(List<Candidate> forms) {
    return new Page(id, title, media, forms, durationMicros, related, failure);
  }

  public Page withDurationMicros(OptionalLong micros) {
    return new Page(id, title, media, others, micros, related, failure);
  }

  /** The same of so many seconds: none, or more than thirty years, nobody needs to believe. */
  public Page withDurationSeconds(long seconds) {
    boolean credible = seconds > 0 && seconds < 1_000_000_000;
    return withDurationMicros(
        credible ? OptionalLong.of(seconds * 1_000_000) : OptionalLong.empty());
  }

  public Page withRelated(List<URI> pages) {
    return new Page(id, title, media, others, durationMicros, pages, failure);
  }
}
