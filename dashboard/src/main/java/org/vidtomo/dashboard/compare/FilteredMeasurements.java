package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;

/** Reads the measurements that pass a filter, from where that is cheapest. */
public final class FilteredMeasurements {
  /** How far back is looked when neither a campaign nor a beginning is asked for. */
  public static final Duration DEFAULT_SPAN = Duration.ofDays(30);

  /** Slots of assignments just given out may lie ahead, and so may an agent's clock. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final MeasurementReader measurements;
  private final CampaignStore campaigns;
  private final Clock clock;

  public FilteredMeasurements(
      MeasurementReader measurements, CampaignStore campaigns, Clock clock) {
    this.measurements = requireNonNull(measurements, "measurements");
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Calls back for each, in no order, on this thread. */
  public void each(Filter filter, Consumer<Measurement> action) {
    Fits fits = new Fits(filter);
    Consumer<Measurement> checked =
        m -> {
          if (fits.test(m)) {
            action.accept(m);
          }
        };
    if (filter.campaign().isPresent()) {
      ofCampaign(filter.campaign().get(), checked);
    } else {
      measurements.between(from(filter), to(filter), checked);
    }
  }

  /** When the time begins that a filter takes in. */
  public Instant from(Filter filter) {
    return filter.from().orElseGet(() -> clock.instant().minus(DEFAULT_SPAN));
  }

  /** When the time ends that a filter takes in. */
  public Instant to(Filter filter) {
    return filter.to().orElseGet(() -> clock.instant().plus(AHEAD));
  }

  private void ofCampaign(UUID id, Consumer<Measurement> action) {
    int cycles = campaigns.find(id).map(c -> c.cycle() + 1).orElse(0);
    for (int cycle = 0; cycle < cycles; cycle++) {
      measurements.ofCampaign(id, cycle, action);
    }
  }
}
