package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A media resource that the agent chose to fetch.
 *
 * @param url without its tokens once it has left the agent
 */
public record ChosenMedia(
    String url,
    String protocol,
    Optional<String> container,
    OptionalInt width,
    OptionalInt height,
    OptionalLong bitrateBps) {
  public ChosenMedia {
    requireNonNull(url, "url");
    requireNonNull(protocol, "protocol");
  }
}
