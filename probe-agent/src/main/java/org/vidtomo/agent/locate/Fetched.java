package org.vidtomo.agent.locate;

import java.net.URI;
import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.sites.Document;

/**
 * A page, fetched.
 *
 * @param url where it was found after redirects
 * @param media the URL is media itself; the document then holds none of it
 * @param document absent when it could not be had
 */
record Fetched(URI url, boolean media, Optional<Document> document, Optional<Failure> failure) {

  static Fetched failed(URI url, Failure failure) {
    return new Fetched(url, false, Optional.empty(), Optional.of(failure));
  }
}
