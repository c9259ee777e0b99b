package org.vidtomo.sites;

import java.net.URI;
import java.util.Optional;

/** A video service, as far as URLs and pages go. Implementations are pure and thread-safe. */
public interface Site {

  /**
   * Which of this service's videos a URL means.
   *
   * @param url absolute, http or https
   * @return empty when the URL is not one of a video of this service
   */
  Optional<VideoId> identify(URI url);

  /**
   * Reads what was fetched of a URL that this service owns.
   *
   * @param url where the document was found after redirects
   */
  Page read(URI url, Document document);
}
