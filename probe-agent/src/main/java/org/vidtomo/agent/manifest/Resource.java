package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Something that one request fetches.
 *
 * @param url absolute, http or https
 * @param span the part of it; absent for the whole
 */
public record Resource(URI url, Optional<ByteSpan> span) {
  public Resource {
    requireNonNull(url, "url");
    requireNonNull(span, "span");
  }

  /** The whole file. */
  public static Resource whole(URI url) {
    return new Resource(url, Optional.empty());
  }
}
