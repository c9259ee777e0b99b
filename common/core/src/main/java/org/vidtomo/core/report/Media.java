package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the media is.
 *
 * @param encodedBitrateBps bytes · 8 ÷ duration
 * @param timeline strictly rising in both terms, when known
 */
public record Media(
    String container,
    OptionalLong durationMicros,
    OptionalLong bytes,
    OptionalLong encodedBitrateBps,
    OptionalInt width,
    OptionalInt height,
    OptionalDouble frameRate,
    Optional<String> videoCodec,
    Optional<String> audioCodec,
    boolean live,
    Optional<List<TimelinePoint>> timeline) {
  public Media {
    requireNonNull(container, "container");
    timeline = timeline.map(List::copyOf);
  }
}
