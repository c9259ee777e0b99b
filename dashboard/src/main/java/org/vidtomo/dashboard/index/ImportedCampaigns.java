package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.MeasurementReader;

/**
 * Imported campaigns, which no view of all measurements may hold: each an index of its own, made
 * when it is asked for and kept for a minute. Thread-safe.
 */
public final class ImportedCampaigns {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 2;

  /** Of one campaign; at most 500 characters each. */
  private static final int MOST_TITLES = 10_000;

  private final MeasurementReader measurements;
  private final long maxRows;
  private final Clock clock;
  private final Map<UUID, Kept> kept = BoundedMaps.byUse(MOST);

  private record Kept(Imported imported, Instant until) {}

  /**
   * An imported campaign.
   *
   * @param titles of videos, one of each: nothing else tells where in the store one is
   */
  record Imported(Snapshot snapshot, Map<String, String> titles) {}

  /**
   * None is read yet.
   *
   * @param maxRows of one campaign
   */
  public ImportedCampaigns(MeasurementReader measurements, long maxRows, Clock clock) {
    this.measurements = requireNonNull(measurements, "measurements");
    this.maxRows = maxRows;
    this.clock = requireNonNull(clock, "clock");
  }

  /** All that was imported of a campaign; one at a time is read. */
  synchronized Imported of(Campaign campaign) {
    Kept known = kept.get(campaign.id());
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.imported();
    }
    Imported imported = read(campaign);
    kept.put(campaign.id(), new Kept(imported, clock.instant().plus(KEPT)));
    return imported;
  }

  private Imported read(Campaign campaign) {
    Map<Instant, HourBuilder> hours = new HashMap<>();
    Map<String, String> titles = new HashMap<>();
    long[] rows = {0};
    for (int cycle = 0; cycle <= campaign.cycle(); cycle++) {
      measurements.ofCampaign(
          campaign.id(),
          cycle,
          measurement -> {
            if (++rows[0] > maxRows) {
              throw new UnanswerableException(
                  UnanswerableException.Reason.TOO_MUCH,
                  "the imported campaign has more than %d measurements, which memory holds; raise dashboard.index.rows"
                      .formatted(maxRows));
            }
            if (titles.size() < MOST_TITLES) {
              measurement.title().ifPresent(t -> titles.putIfAbsent(measurement.videoId(), t));
            }
            hours
                .computeIfAbsent(
                    measurement.scheduledAt().truncatedTo(ChronoUnit.HOURS), HourBuilder::new)
                .add(measurement);
          });
    }
    MeasurementIndex index = new MeasurementIndex();
    hours.forEach((hour, builder) -> index.put(hour, campaign.id(), builder.build()));
    return new Imported(index.snapshot(0, Instant.MIN), titles);
  }
}
