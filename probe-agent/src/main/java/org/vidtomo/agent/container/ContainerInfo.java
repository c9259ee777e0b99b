package org.vidtomo.agent.container;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.core.report.TimelinePoint;

/**
 * What a container says of its media.
 *
 * @param container such as {@code mp4}; {@code unknown} when the bytes are no known container's
 * @param timeline over the bytes that came; empty when the container does not tell
 */
public record ContainerInfo(
    String container,
    OptionalLong durationMicros,
    OptionalInt width,
    OptionalInt height,
    OptionalDouble frameRate,
    Optional<String> videoCodec,
    Optional<String> audioCodec,
    List<TimelinePoint> timeline) {
  /** Neither a known container nor a document. */
  public static final String UNKNOWN = "unknown";

  public ContainerInfo {
    requireNonNull(container, "container");
    timeline = List.copyOf(timeline);
  }

  /** Only the name is known. */
  public static ContainerInfo named(String container) {
    return new ContainerInfo(
        container,
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
