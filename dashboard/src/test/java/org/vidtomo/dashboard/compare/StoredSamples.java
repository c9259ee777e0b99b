package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ResolverAnswer;

/** Samples of the measurements in the store. */
public final class StoredSamples implements SampleSource {
  /** An agent whose clock is further off is left out. */
  static final Duration MAX_CLOCK_OFFSET = Duration.ofMinutes(5);

  /** More are not computed at once: with its cell each may take up to 500 bytes meanwhile. */
  static final long MAX_SAMPLES = Math.min(2_000_000, Runtime.getRuntime().maxMemory() / 1024);

  private static final String NOT_KNOWN = "not known";

  private final FilteredMeasurements measurements;

  public StoredSamples(FilteredMeasurements measurements) {
    this.measurements = requireNonNull(measurements, "measurements");
  }

  @Override
  public Samples samples(View view) {
    List<Sample> samples = new ArrayList<>();
    Map<Object, Object> known = new HashMap<>();
    Set<String> clocksOff = new HashSet<>();
    measurements.each(
        view.filter(),
        measurement -> {
          if (clockIsOff(measurement)) {
            clocksOff.add(measurement.agentId());
          } else {
            samples(view, measurement, known).forEach(samples::add);
          }
          if (samples.size() > MAX_SAMPLES) {
            throw new UnanswerableException(
                UnanswerableException.Reason.TOO_MUCH,
                "more than %d measurements fit; ask for a shorter time or for one campaign"
                    .formatted(MAX_SAMPLES));
          }
        });
    Optional<String> leftOut =
        clocksOff.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "%d agents whose clocks are more than %d minutes off"
                    .formatted(clocksOff.size(), MAX_CLOCK_OFFSET.toMinutes()));
    return new Samples(samples, leftOut);
  }

  private static boolean clockIsOff(Measurement measurement) {
    return measurement.clockOffsetMicros().isPresent()
        && Math.abs(measurement.clockOffsetMicros().getAsLong())
            > MAX_CLOCK_OFFSET.toNanos() / 1000;
  }

  private static Stream<Sample> samples(View view, Measurement m, Map<Object, Object> known) {
    if (view.by() != Dimension.RESOLVER) {
      return sample(view, m, known).stream();
    }
    boolean counts =
        m.outcome() == Outcome.OK
            || (m.outcome() == Outcome.FAILED
                && m.failureKind().orElseThrow().mayBeCausedBy() == FailureKind.Cause.NETWORK);
    return counts
        ? m.resolvers().stream().flatMap(answer -> sample(view.metric(), m, answer).stream())
        : Stream.of();
  }

  private static Optional<Sample> sample(Metric metric, Measurement m, ResolverAnswer answer) {
    boolean failed = answer.failure().isPresent();
    boolean ofNetwork =
        failed && answer.failure().get().mayBeCausedBy() == FailureKind.Cause.NETWORK;
    OptionalDouble value =
        switch (metric) {
          case RESOLVE_TIME -> seconds(answer.elapsedMicros());
          case RTT -> seconds(answer.rttMicros());
          case FAILURE_RATIO ->
              failed && !ofNetwork ? OptionalDouble.empty() : OptionalDouble.of(failed ? 1 : 0);
          default -> throw new IllegalArgumentException(metric + " by resolver");
        };
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sample(
                answer.resolver(),
                m.agentId(),
                m.prefix(),
                m.videoId(),
                m.scheduledAt().truncatedTo(ChronoUnit.HOURS),
                value.getAsDouble(),
                failed && metric == Metric.FAILURE_RATIO));
  }

  private static OptionalDouble seconds(OptionalLong micros) {
    return micros.isPresent()
        ? OptionalDouble.of(micros.getAsLong() / 1e6)
        : OptionalDouble.empty();
  }

  private static Optional<Sample> sample(View view, Measurement m, Map<Object, Object> known) {
    return group(view.by(), m)
        .flatMap(
            group ->
                MeasuredValue.of(view.metric(), m)
                    .map(
                        value ->
                            new Sample(
                                same(known, group),
                                same(known, m.agentId()),
                                same(known, m.prefix()),
                                same(known, m.videoId()),
                                same(known, m.scheduledAt().truncatedTo(ChronoUnit.HOURS)),
                                value.value(),
                                value.failed())));
  }

  /** One object for all equal ones: most samples repeat the names of others. */
  @SuppressWarnings("unchecked")
  private static <T> T same(Map<Object, Object> known, T value) {
    return (T) known.computeIfAbsent(value, v -> v);
  }

  private static Optional<String> group(Dimension by, Measurement m) {
    return switch (by) {
      case PROVIDER -> Optional.of(m.provider().orElse(NOT_KNOWN));
      case ASN -> Optional.of(m.asn().isPresent() ? "AS" + m.asn().getAsLong() : NOT_KNOWN);
      case CACHE -> m.cacheHost();
      case HOUR ->
          Optional.of("%02d".formatted(m.scheduledAt().atOffset(ZoneOffset.UTC).getHour()));
      case RESOLVER -> throw new IllegalArgumentException("each answer names its own");
    };
  }
}
