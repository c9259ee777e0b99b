package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A fetched document, or its beginning.
 *
 * @param contentType the header's value
 * @param body at most {@value #MAX_BYTES} bytes; not copied, not to be changed
 * @param whole false when the body went on
 */
public record Document(Optional<String> contentType, byte[] body, boolean whole) {
  /** No more of a page is read. */
  public static final int MAX_BYTES = 2 << 20;

  public Document {
    requireNonNull(contentType, "contentType");
    if (body.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a document of " + body.length + " bytes is over " + MAX_BYTES);
    }
  }
}
