package org.vidtomo.coordinator.source;

import java.net.URI;
import java.util.List;
import org.vidtomo.sites.Listing;

/** Reads lists of videos that services keep. Thread-safe. */
@FunctionalInterface
public interface ListingReader {
  /**
   * The first videos of a list. Blocks, for a minute at most.
   *
   * @param most how many at the most
   * @return at least one, in the list's order, each once
   * @throws ListingException when a page of it cannot be fetched or read, or it names none
   */
  List<URI> read(Listing listing, int most) throws ListingException;
}
