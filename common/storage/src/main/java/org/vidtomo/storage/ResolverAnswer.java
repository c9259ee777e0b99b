package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.FailureKind;

/**
 * What one resolver said of the host that served the media.
 *
 * @param resolver {@code system} or the resolver's address
 * @param address the first that it gave
 * @param asn of that address
 * @param elapsedMicros until it answered; absent when it failed
 * @param rttMicros least round-trip delay to that address, TCP SYN
 * @param failure why it gave no address
 */
public record ResolverAnswer(
    String resolver,
    Optional<String> address,
    OptionalLong asn,
    OptionalLong elapsedMicros,
    OptionalLong rttMicros,
    Optional<FailureKind> failure) {
  public ResolverAnswer {
    requireNonNull(resolver, "resolver");
    requireNonNull(address, "address");
    requireNonNull(asn, "asn");
    requireNonNull(elapsedMicros, "elapsedMicros");
    requireNonNull(rttMicros, "rttMicros");
    requireNonNull(failure, "failure");
  }
}
