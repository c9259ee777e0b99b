package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * A list of videos, a page at a time.
 *
 * @param first what to fetch
 * @param read reads what came, whatever its status
 */
public record Listing(SiteRequest first, Function<Document, ListPage> read) {
  public Listing {
    requireNonNull(first, "first");
    requireNonNull(read, "read");
  }
}
