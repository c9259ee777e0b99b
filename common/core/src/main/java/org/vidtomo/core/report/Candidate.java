package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One form in which a page offers its video.
 *
 * @param protocol {@code http}, {@code https}, {@code hls}, {@code dash}, {@code rtmp} …
 */
public record Candidate(
    String protocol,
    Optional<String> container,
    Optional<String> videoCodec,
    Optional<String> audioCodec,
    OptionalInt width,
    OptionalInt height,
    OptionalLong bitrateBps,
    OptionalLong contentLength) {
  public Candidate {
    requireNonNull(protocol, "protocol");
  }
}
