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

  /** The longest time that is read at once. */
  static final Duration MAX_SPAN = Duration.ofDays(400);

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

  /**
   * When the time begins that a filter takes in.
   *
   * @throws UnanswerableException when it is longer than can be read at once
   */
  public Instant from(Filter filter) {
    Instant to = to(filter);
    Instant from = filter.from().orElseGet(() -> to.minus(DEFAULT_SPAN));
    if (from.isBefore(to.minus(MAX_SPAN))) {
      throw new UnanswerableException(
          UnanswerableException.Reason.TOO_MUCH,
          "from %s to %s is more than %d days; ask for a shorter time"
              .formatted(from, to, MAX_SPAN.toDays()));
    }
    return from;
  }

  /** When the time ends that a filter takes in; nothing lies far ahead. */
  public Instant to(Filter filter) {
    Instant latest = clock.instant().plus(AHEAD);
    Instant to = filter.to().filter(each -> each.isBefore(latest)).orElse(latest);
    return to.isBefore(Instant.EPOCH) ? Instant.EPOCH : to;
  }

  private void ofCampaign(UUID id, Consumer<Measurement> action) {
    int cycles = campaigns.find(id).map(c -> c.cycle() + 1).orElse(0);
    for (int cycle = 0; cycle < cycles; cycle++) {
      measurements.ofCampaign(id, cycle, action);
    }
  }
}
