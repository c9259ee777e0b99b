package org.vidtomo.aggregator.flag;

import java.util.Locale;
import java.util.Optional;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/**
 * A round-trip delay below what light in fibre takes from anywhere in the agent's country to the
 * place that the cache's name gives.
 */
final class ImpossibleDelay implements FlagRule {
  /** Two thirds of light in vacuum, in km: there and back in a millisecond are 100. */
  private static final double KM_PER_MICRO_BOTH_WAYS = 0.1;

  private final Places places;

  ImpossibleDelay(Places places) {
    this.places = places;
  }

  @Override
  public FlagKind kind() {
    return FlagKind.IMPOSSIBLE_DELAY;
  }

  @Override
  public Optional<String> objection(Measurement m) {
    if (m.rttMicros().isEmpty() || m.country().isEmpty() || m.cacheSite().isEmpty()) {
      return Optional.empty();
    }
    double km = places.leastKm(m.country().get(), m.cacheSite().get());
    double least = km / KM_PER_MICRO_BOTH_WAYS;
    return m.rttMicros().getAsLong() < least
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "rtt=%d µs from %s to %s, at least %.0f km: %.0f µs",
                m.rttMicros().getAsLong(),
                m.country().get(),
                m.cacheSite().get(),
                km,
                least))
        : Optional.empty();
  }
}
