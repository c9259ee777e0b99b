package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStore;

/** Finds where filters look: the index, or an imported campaign, which is in none. Thread-safe. */
final class Places {
  private final LiveIndex index;
  private final ImportedCampaigns imported;
  private final CampaignStore campaigns;
  private final FilteredMeasurements times;
  private final Supplier<Standing> standing;

  /**
   * Places of an index and of imported campaigns.
   *
   * @param times tells what a filter takes in that names no time
   * @param standing who is left out now
   */
  Places(
      LiveIndex index,
      ImportedCampaigns imported,
      CampaignStore campaigns,
      FilteredMeasurements times,
      Supplier<Standing> standing) {
    this.index = requireNonNull(index, "index");
    this.imported = requireNonNull(imported, "imported");
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.times = requireNonNull(times, "times");
    this.standing = requireNonNull(standing, "standing");
  }

  /**
   * Where a filter looks.
   *
   * @throws UnanswerableException when memory does not hold what it names
   */
  Place of(Filter filter) {
    if (filter.campaign().isPresent()) {
      return ofCampaign(filter, filter.campaign().get());
    }
    Instant from = times.from(filter);
    Instant to = times.to(filter);
    Snapshot snapshot = index.snapshot();
    if (!from.isBefore(snapshot.complete())) {
      return new Place(snapshot, filter, from, to, Optional.empty(), standing.get());
    }
    if (filter.from().isPresent()) {
      throw tooEarly(snapshot);
    }
    return new Place(
        snapshot,
        filter,
        snapshot.complete(),
        to,
        Optional.of("measurements before %s: memory holds no more".formatted(snapshot.complete())),
        standing.get());
  }

  private Place ofCampaign(Filter filter, UUID id) {
    Instant from = filter.from().orElse(Instant.MIN);
    Instant to = filter.to().orElse(Instant.MAX);
    Optional<Campaign> campaign = campaigns.find(id);
    if (campaign.filter(Places::isImported).isPresent()) {
      Snapshot snapshot = imported.of(campaign.get()).snapshot();
      return new Place(snapshot, filter, from, to, Optional.empty(), Standing.ALL);
    }
    Snapshot snapshot = index.snapshot();
    boolean begunBefore =
        campaign.isPresent() && campaign.get().createdAt().isBefore(snapshot.complete());
    if (begunBefore && from.isBefore(snapshot.complete())) {
      throw tooEarly(snapshot);
    }
    return new Place(snapshot, filter, from, to, Optional.empty(), standing.get());
  }

  /**
   * The rows of a filter up to a slot, whoever measured them; empty: the index does not reach so
   * far back, or has none of these.
   */
  Optional<Rows> before(Filter filter, Instant slot) {
    Snapshot snapshot = index.snapshot();
    Instant from = filter.campaign().isPresent() ? Instant.MIN : times.from(filter);
    Instant begin = filter.from().orElse(from);
    if (importedBy(filter).isPresent() || begin.isBefore(snapshot.complete())) {
      return Optional.empty();
    }
    Instant end = filter.to().filter(to -> !to.isAfter(slot)).orElse(slot.plusMillis(1));
    return Optional.of(new Rows(snapshot, filter, begin, end));
  }

  /** The titles of the videos of an imported campaign; empty: the filter names none. */
  Optional<Map<String, String>> titles(Filter filter) {
    return importedBy(filter).map(campaign -> imported.of(campaign).titles());
  }

  private Optional<Campaign> importedBy(Filter filter) {
    return filter.campaign().flatMap(campaigns::find).filter(Places::isImported);
  }

  /** All rows of the index. */
  Rows all() {
    return new Rows(index.snapshot(), Filter.NONE, Instant.MIN, Instant.MAX);
  }

  private static boolean isImported(Campaign campaign) {
    return campaign.origin().isPresent();
  }

  private static UnanswerableException tooEarly(Snapshot snapshot) {
    return new UnanswerableException(
        UnanswerableException.Reason.TOO_MUCH,
        ("memory holds the measurements from %s on; ask for from=%s, or give the dashboard more"
                + " memory and a higher dashboard.index.rows")
            .formatted(snapshot.complete(), snapshot.complete()));
  }
}
