package org.vidtomo.coordinator.source;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;

/** Reads listings over HTTP, page after page. */
public final class HttpListings implements ListingReader, AutoCloseable {
  private static final int MAX_PAGES = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DocumentFetcher fetcher;
  private final LongSupplier ticker;

  /**
   * Listings by this fetcher, which is closed with them.
   *
   * @param ticker monotonic, in nanoseconds
   */
  public HttpListings(DocumentFetcher fetcher, LongSupplier ticker) {
    this.fetcher = fetcher;
    this.ticker = ticker;
  }

  @Override
  public List<URI> read(Listing listing, int most) throws ListingException {
    long until = ticker.getAsLong() + LIMIT.toNanos();
    Set<URI> videos = new LinkedHashSet<>();
    Optional<Listing> rest = Optional.of(listing);
    for (int pages = 0; pages < MAX_PAGES && videos.size() < most && rest.isPresent(); pages++) {
      ListPage page = page(rest.get(), Duration.ofNanos(until - ticker.getAsLong()));
      videos.addAll(page.videos());
      rest = page.next();
    }
    if (videos.isEmpty()) {
      throw new ListingException(listing.first().url() + " names no video");
    }
    return videos.stream().limit(most).toList();
  }

  private ListPage page(Listing listing, Duration limit) throws ListingException {
    Document document = fetcher.fetch(listing.first(), limit);
    ListPage page = listing.read().apply(document);
    if (page.problem().isPresent()) {
      throw new ListingException(
          "%s (status %d): %s"
              .formatted(listing.first().url(), document.status(), page.problem().get()));
    }
    return page;
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
