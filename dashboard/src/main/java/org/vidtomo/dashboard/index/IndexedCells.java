package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.vidtomo.dashboard.compare.CellSource;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.Series;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.MeasurementReader.Spot;

/** The cells of views, from indexes in memory. Thread-safe. */
public final class IndexedCells implements CellSource {
  /** Scans of fewer rows are not worth sharing out among processors. */
  private static final int LEAST_SHARE = 50_000;

  private final LiveIndex index;
  private final ImportedCampaigns imported;
  private final CampaignStore campaigns;
  private final FilteredMeasurements times;

  /**
   * Cells of an index, and of imported campaigns, which are in none.
   *
   * @param times tells what a filter takes in that names no time
   */
  private IndexedCells(
      LiveIndex index,
      ImportedCampaigns imported,
      CampaignStore campaigns,
      FilteredMeasurements times) {
    this.index = requireNonNull(index, "index");
    this.imported = requireNonNull(imported, "imported");
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.times = requireNonNull(times, "times");
  }

  /**
   * Cells of an index and of imported campaigns.
   *
   * @param maxRows measurements in memory at the most; of an imported campaign half of them
   */
  public static IndexedCells of(
      LiveIndex index,
      MeasurementReader measurements,
      CampaignStore campaigns,
      int maxRows,
      Clock clock) {
    return new IndexedCells(
        index,
        new ImportedCampaigns(measurements, maxRows / 2, clock),
        campaigns,
        new FilteredMeasurements(measurements, campaigns, clock));
  }

  /**
   * Where and when a filter looks.
   *
   * @param cut what is not looked at, for lack of room
   */
  private record Place(Snapshot snapshot, Instant from, Instant to, Optional<String> cut) {
    private Rows rows(Filter filter) {
      return new Rows(snapshot, filter, from, to);
    }
  }

  @Override
  public CellTable cells(View view) {
    check(view);
    Place place = place(view.filter());
    Grouping grouping = Grouping.of(view.by(), place.rows(view.filter()));
    Scanned<TableCells> scanned =
        scan(
            place, view, grouping, () -> new TableCells(place.snapshot().names(), grouping.keys()));
    return scanned
        .cells()
        .table(leftOut(scanned.clocksOff().cardinality(), place.cut(), grouping.leftOut()));
  }

  @Override
  public Series series(View view, Series.Step step, Instant computedAt) {
    check(view);
    Place place = place(view.filter());
    Grouping grouping = Grouping.of(view.by(), place.rows(view.filter()));
    Scanned<SeriesCells> scanned =
        scan(place, view, grouping, () -> new SeriesCells(place.snapshot(), grouping.keys(), step));
    return scanned.cells().series(view.metric(), view.by(), computedAt);
  }

  private static void check(View view) {
    if (view.by() == Dimension.RESOLVER) {
      AnswerColumn.check(view.metric());
    }
  }

  /** Cells, and the agents that were left out for their clocks. */
  private record Scanned<C extends CellScan.Cells<C>>(C cells, BitSet clocksOff) {
    private Scanned<C> with(Scanned<C> later) {
      cells.addAll(later.cells);
      clocksOff.or(later.clocksOff);
      return this;
    }
  }

  private static <C extends CellScan.Cells<C>> Scanned<C> scan(
      Place place, View view, Grouping grouping, Supplier<C> make) {
    return place.rows(view.filter()).shares(LEAST_SHARE).parallelStream()
        .map(
            rows -> {
              C cells = make.get();
              CellScan scan =
                  new CellScan(place.snapshot().names(), view.metric(), grouping, cells);
              rows.each(scan);
              return new Scanned<>(cells, scan.clocksOff());
            })
        .reduce(Scanned::with)
        .orElseThrow();
  }

  /** Which hosts served media, those that served most first. */
  public List<CacheUse> caches(Filter filter) {
    Place place = place(filter);
    CacheScan scan = new CacheScan(place.snapshot().names());
    place.rows(filter).each(scan);
    return scan.uses();
  }

  /** Which resolvers were asked, those that were asked most first. */
  public List<ResolverUse> resolvers(Filter filter) {
    Place place = place(filter);
    ResolverScan scan = new ResolverScan(place.snapshot().names());
    place.rows(filter).each(scan);
    return scan.uses();
  }

  /**
   * Where the latest measurements of a filter are: so many at least, if there are, all of those
   * with one slot.
   *
   * @param before later slots are passed over
   * @return the latest first; empty: the index does not reach so far back, or has none of these
   */
  public Optional<List<Spot>> latest(Filter filter, Instant before, int wanted) {
    boolean isImported =
        filter
            .campaign()
            .flatMap(campaigns::find)
            .filter(campaign -> campaign.origin().isPresent())
            .isPresent();
    Snapshot snapshot = index.snapshot();
    Instant from = filter.campaign().isPresent() ? Instant.MIN : times.from(filter);
    Instant begin = filter.from().orElse(from);
    if (isImported || begin.isBefore(snapshot.complete())) {
      return Optional.empty();
    }
    Instant end = filter.to().filter(to -> !to.isAfter(before)).orElse(before.plusMillis(1));
    LatestSpots latest = new LatestSpots(wanted);
    new Rows(snapshot, filter, begin, end).latestFirst(latest, latest::wantsMore);
    return Optional.of(latest.spots());
  }

  /** Says that there may be something new. */
  public void poke() {
    index.poke();
  }

  @Override
  public long version() {
    return index.version();
  }

  @Override
  public CompletableFuture<Void> current() {
    return index.current();
  }

  private Place place(Filter filter) {
    if (filter.campaign().isPresent()) {
      return ofCampaign(filter, filter.campaign().get());
    }
    Instant from = times.from(filter);
    Instant to = times.to(filter);
    Snapshot snapshot = index.snapshot();
    if (!from.isBefore(snapshot.complete())) {
      return new Place(snapshot, from, to, Optional.empty());
    }
    if (filter.from().isPresent()) {
      throw tooEarly(snapshot);
    }
    return new Place(
        snapshot,
        snapshot.complete(),
        to,
        Optional.of("measurements before %s: memory holds no more".formatted(snapshot.complete())));
  }

  private Place ofCampaign(Filter filter, UUID id) {
    Instant from = filter.from().orElse(Instant.MIN);
    Instant to = filter.to().orElse(Instant.MAX);
    Optional<Campaign> campaign = campaigns.find(id);
    if (campaign.isPresent() && campaign.get().origin().isPresent()) {
      return new Place(imported.snapshot(campaign.get()), from, to, Optional.empty());
    }
    Snapshot snapshot = index.snapshot();
    boolean begunBefore =
        campaign.isPresent() && campaign.get().createdAt().isBefore(snapshot.complete());
    if (begunBefore && from.isBefore(snapshot.complete())) {
      throw tooEarly(snapshot);
    }
    return new Place(snapshot, from, to, Optional.empty());
  }

  private static UnanswerableException tooEarly(Snapshot snapshot) {
    return new UnanswerableException(
        UnanswerableException.Reason.TOO_MUCH,
        ("memory holds the measurements from %s on; ask for from=%s, or give the dashboard more"
                + " memory and a higher dashboard.index.rows")
            .formatted(snapshot.complete(), snapshot.complete()));
  }

  private static Optional<String> leftOut(
      int clocksOff, Optional<String> cut, Optional<String> groups) {
    List<String> reasons = new ArrayList<>();
    if (clocksOff > 0) {
      reasons.add(
          "%d agents whose clocks are more than %d minutes off"
              .formatted(clocksOff, Line.MAX_CLOCK_OFFSET.toMinutes()));
    }
    cut.ifPresent(reasons::add);
    groups.ifPresent(reasons::add);
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
