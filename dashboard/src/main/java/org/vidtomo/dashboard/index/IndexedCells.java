package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.vidtomo.dashboard.compare.CachePart;
import org.vidtomo.dashboard.compare.CellSource;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.CrossedCells;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.HeatMap;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Series;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.MeasurementReader.Spot;

/** The cells of views, from indexes in memory. Thread-safe. */
public final class IndexedCells implements CellSource {
  private final LiveIndex index;
  private final ImportedCampaigns imported;
  private final CampaignStore campaigns;
  private final FilteredMeasurements times;
  private final Supplier<Standings.Known> standings;

  /**
   * Cells of an index, and of imported campaigns, which are in none.
   *
   * @param times tells what a filter takes in that names no time
   */
  private IndexedCells(
      LiveIndex index,
      ImportedCampaigns imported,
      CampaignStore campaigns,
      FilteredMeasurements times,
      Supplier<Standings.Known> standings) {
    this.index = requireNonNull(index, "index");
    this.imported = requireNonNull(imported, "imported");
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.times = requireNonNull(times, "times");
    this.standings = requireNonNull(standings, "standings");
  }

  /** Cells of an index and of imported campaigns, where nobody is left out but for clocks. */
  public static IndexedCells of(
      LiveIndex index,
      MeasurementReader measurements,
      CampaignStore campaigns,
      int maxRows,
      Clock clock) {
    Standings.Known nobody = new Standings.Known(0, Standing.ALL, List.of());
    return of(index, measurements, campaigns, maxRows, () -> nobody, clock);
  }

  /**
   * Cells of an index and of imported campaigns.
   *
   * @param maxRows measurements in memory at the most; of an imported campaign half of them
   * @param standings who is left out
   */
  public static IndexedCells of(
      LiveIndex index,
      MeasurementReader measurements,
      CampaignStore campaigns,
      int maxRows,
      Standings standings,
      Clock clock) {
    return of(index, measurements, campaigns, maxRows, standings::known, clock);
  }

  private static IndexedCells of(
      LiveIndex index,
      MeasurementReader measurements,
      CampaignStore campaigns,
      int maxRows,
      Supplier<Standings.Known> standings,
      Clock clock) {
    return new IndexedCells(
        index,
        new ImportedCampaigns(measurements, maxRows / 2, clock),
        campaigns,
        new FilteredMeasurements(measurements, campaigns, clock),
        standings);
  }

  /**
   * Where and when a filter looks.
   *
   * @param cut what is not looked at, for lack of room
   */
  private record Place(
      Snapshot snapshot, Instant from, Instant to, Optional<String> cut, Standing standing) {
    private Rows rows(Filter filter) {
      return new Rows(snapshot, filter, from, to, standing);
    }

    private Optional<String> leftOut(BitSet agents, int withoutOffset, Optional<String> groups) {
      List<String> reasons = standing.reasons(agents, snapshot.names());
      if (withoutOffset > 0) {
        reasons.add("%d agents whose local time is not known".formatted(withoutOffset));
      }
      cut.ifPresent(reasons::add);
      groups.ifPresent(reasons::add);
      return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
  }

  @Override
  public CellTable cells(View view) {
    check(view);
    Place place = place(view.filter());
    return cells(place, view, Grouping.of(view.by(), place.rows(view.filter())), true);
  }

  private static CellTable cells(Place place, View view, Grouping grouping, boolean countsAll) {
    Scanned<TableCells> scanned =
        scan(
            place,
            view,
            grouping,
            hour -> true,
            () -> new TableCells(place.snapshot().names(), grouping.keys(), countsAll));
    return scanned.cells().table(place.leftOut(scanned.leftOut(), 0, grouping.leftOut()));
  }

  @Override
  public Series series(View view, Optional<Series.Step> asked, Instant computedAt) {
    check(view);
    Place place = place(view.filter());
    Rows rows = place.rows(view.filter());
    Series.Step step = asked.orElseGet(() -> Series.Step.of(rows.span()));
    Grouping grouping = Grouping.of(view.by(), rows);
    Scanned<SeriesCells> scanned =
        scan(
            place,
            view,
            grouping,
            step::isBegunBy,
            () -> new SeriesCells(place.snapshot().names(), grouping.keys(), view.metric(), step));
    return scanned
        .cells()
        .series(view.by(), place.leftOut(scanned.leftOut(), 0, grouping.leftOut()), computedAt);
  }

  /** A metric by hour and day. */
  public HeatMap heatMap(HeatMap.Question question, Instant computedAt) {
    Place place = place(question.filter());
    Scanned<HeatCells> scanned =
        scan(
            place,
            question.view(),
            Grouping.all(place.snapshot().names()),
            hour -> true,
            () -> new HeatCells(place.snapshot(), question));
    HeatCells cells = scanned.cells();
    return cells.map(
        place.leftOut(scanned.leftOut(), cells.withoutOffset(), Optional.empty()), computedAt);
  }

  private static void check(View view) {
    if (view.by() == Dimension.RESOLVER) {
      AnswerColumn.check(view.metric());
    }
  }

  /** Cells, and the agents that were left out. */
  private record Scanned<C extends CellScan.Cells<C>>(C cells, BitSet leftOut) {
    private Scanned<C> with(Scanned<C> later) {
      cells.addAll(later.cells);
      leftOut.or(later.leftOut);
      return this;
    }
  }

  private static <C extends CellScan.Cells<C>> Scanned<C> scan(
      Place place,
      View view,
      Grouping grouping,
      Predicate<Instant> mayBeginShare,
      Supplier<C> make) {
    return place.rows(view.filter()).shares(mayBeginShare).parallelStream()
        .map(
            rows -> {
              C cells = make.get();
              CellScan scan =
                  new CellScan(place.snapshot().names(), view.metric(), grouping, cells);
              rows.each(scan);
              cells.end();
              return new Scanned<>(cells, scan.leftOut());
            })
        .reduce(Scanned::with)
        .orElseThrow();
  }

  /** Which hosts served media, those that served most first; at most as many as a view holds. */
  public List<CacheUse> caches(Filter filter) {
    Rows rows = place(filter).rows(filter);
    CacheScan scan = new CacheScan(rows.snapshot().names(), Grouping.of(Dimension.CACHE, rows));
    rows.each(scan);
    return scan.uses();
  }

  /**
   * Which caches served whom.
   *
   * @param by provider or AS
   * @param most caches, those that served most
   */
  public ServingUse serving(Filter filter, Dimension by, CachePart of, int most) {
    Place place = place(filter);
    Names names = place.snapshot().names();
    Grouping groups = Grouping.of(by, place.rows(filter));
    ServingScan scan = place.rows(filter).shared(() -> new ServingScan(names, groups, of));
    List<Integer> chosen = scan.most(most);
    Grouping parted = groups.partedByCache(scan.placeOfCache(chosen), chosen.size());
    CellTable delays = cells(place, new View(Metric.RTT, by, filter), parted, true);
    return new ServingUse(
        scan.served(chosen),
        new CrossedCells(groups.keys(), chosen.stream().map(scan::name).toList(), delays),
        delays.leftOut());
  }

  /** How measurements ended, by provider or AS. */
  public FailureUse failures(Filter filter, Dimension by) {
    Place place = place(filter);
    Rows rows = place.rows(filter);
    Grouping groups = Grouping.of(by, rows);
    FailureScan scan = new FailureScan(rows.snapshot().names(), groups);
    rows.each(scan);
    return new FailureUse(scan.groups(), place.leftOut(scan.leftOut(), 0, groups.leftOut()));
  }

  /**
   * Which resolvers were asked, those that were asked most first.
   *
   * @param by provider or AS, if these are told apart
   */
  public List<ResolverUse> resolvers(Filter filter, Optional<Dimension> by) {
    Rows rows = place(filter).rows(filter);
    Optional<Grouping> groups = by.map(each -> Grouping.of(each, rows));
    Grouping resolvers = Grouping.of(Dimension.RESOLVER, rows);
    return rows.shared(() -> new ResolverScan(rows.snapshot().names(), groups, resolvers)).uses();
  }

  /** A metric of resolvers' answers by resolver; only cells that are kept are counted. */
  public CellTable resolverCells(Metric metric, Filter filter) {
    Place place = place(filter);
    View view = new View(metric, Dimension.RESOLVER, filter);
    check(view);
    return cells(place, view, Grouping.of(Dimension.RESOLVER, place.rows(filter)), false);
  }

  /** The same by provider or AS and by resolver. */
  public CrossedCells resolverCells(Metric metric, Filter filter, Dimension by) {
    Place place = place(filter);
    Grouping groups = Grouping.of(by, place.rows(filter));
    Grouping resolvers = Grouping.of(Dimension.RESOLVER, place.rows(filter));
    View view = new View(metric, Dimension.RESOLVER, filter);
    check(view);
    return new CrossedCells(
        groups.keys(), resolvers.keys(), cells(place, view, groups.partedBy(resolvers), false));
  }

  /**
   * Which values there are for each filter.
   *
   * @param mayBeNamed which agents
   * @param most values of each
   */
  public List<Facet> facets(Filter filter, Predicate<String> mayBeNamed, int most) {
    Place place = place(filter);
    FacetScan scan = new FacetScan(place.snapshot().names(), filter);
    scan.scan(place.snapshot(), place.from(), place.to());
    return scan.facets(mayBeNamed, most);
  }

  /**
   * Videos, those that were measured most first.
   *
   * @param after the video before; empty: from the beginning
   */
  public List<VideoUse> videos(Filter filter, Optional<VideoPlace> after, int wanted) {
    return VideoScan.most(place(filter).rows(filter), after, wanted);
  }

  /** Where the latest measurement of each of these videos is, one that played if there is one. */
  public Map<String, Spot> latestOf(Collection<String> videos, Filter filter) {
    return VideoScan.latest(place(filter).rows(filter), videos);
  }

  /** All agents that have measurements in memory. */
  public List<AgentLine> agents() {
    Snapshot snapshot = index.snapshot();
    AgentScan scan = new AgentScan(snapshot.names());
    new Rows(snapshot, Filter.NONE, Instant.MIN, Instant.MAX).each(scan);
    return scan.agents();
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

  /** All flags of agents. */
  public List<Flag> flags() {
    return standings.get().flags();
  }

  /** Says that there may be something new. */
  public void poke() {
    index.poke();
  }

  @Override
  public long version() {
    return index.version() + standings.get().version();
  }

  @Override
  public CompletableFuture<Void> current() {
    return index.current();
  }

  private Standing standing() {
    return standings.get().standing();
  }

  private Place place(Filter filter) {
    if (filter.campaign().isPresent()) {
      return ofCampaign(filter, filter.campaign().get());
    }
    Instant from = times.from(filter);
    Instant to = times.to(filter);
    Snapshot snapshot = index.snapshot();
    if (!from.isBefore(snapshot.complete())) {
      return new Place(snapshot, from, to, Optional.empty(), standing());
    }
    if (filter.from().isPresent()) {
      throw tooEarly(snapshot);
    }
    return new Place(
        snapshot,
        snapshot.complete(),
        to,
        Optional.of("measurements before %s: memory holds no more".formatted(snapshot.complete())),
        standing());
  }

  private Place ofCampaign(Filter filter, UUID id) {
    Instant from = filter.from().orElse(Instant.MIN);
    Instant to = filter.to().orElse(Instant.MAX);
    Optional<Campaign> campaign = campaigns.find(id);
    if (campaign.isPresent() && campaign.get().origin().isPresent()) {
      return new Place(imported.snapshot(campaign.get()), from, to, Optional.empty(), Standing.ALL);
    }
    Snapshot snapshot = index.snapshot();
    boolean begunBefore =
        campaign.isPresent() && campaign.get().createdAt().isBefore(snapshot.complete());
    if (begunBefore && from.isBefore(snapshot.complete())) {
      throw tooEarly(snapshot);
    }
    return new Place(snapshot, from, to, Optional.empty(), standing());
  }

  private static UnanswerableException tooEarly(Snapshot snapshot) {
    return new UnanswerableException(
        UnanswerableException.Reason.TOO_MUCH,
        ("memory holds the measurements from %s on; ask for from=%s, or give the dashboard more"
                + " memory and a higher dashboard.index.rows")
            .formatted(snapshot.complete(), snapshot.complete()));
  }
}
