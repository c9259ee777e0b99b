package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list of videos.
 *
 * @param videos their pages, in the list's order, each once
 * @param next the list's rest; absent at its end
 * @param problem what is wrong and what to do, when the page could not be read as a list
 */
public record ListPage(List<URI> videos, Optional<Listing> next, Optional<String> problem) {
  public ListPage {
    videos = videos.stream().distinct().toList();
    requireNonNull(next, "next");
    requireNonNull(problem, "problem");
  }

  /** A page that was read. */
  public static ListPage of(List<URI> videos, Optional<Listing> next) {
    return new ListPage(videos, next, Optional.empty());
  }

  /** A page that was not. */
  public static ListPage unreadable(String problem) {
    return new ListPage(List.of(), Optional.empty(), Optional.of(problem));
  }
}
