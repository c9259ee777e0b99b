package org.vidtomo.coordinator.source;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Urls;

/**
 * One answer of a server.
 *
 * @param header {@code Location}, if it has one
 */
record Answer(Document document, Optional<String> header) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Where it sends to, if it does. */
  Optional<URI> location() {
    return REDIRECTS.contains(document.status())
        ? header.flatMap(location -> Urls.resolve(document.url(), location))
        : Optional.empty();
  }
}
