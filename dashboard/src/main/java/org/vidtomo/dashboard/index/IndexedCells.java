package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.MeasurementReader.Spot;

/** The cells of views, from indexes in memory. Thread-safe. */
public final class IndexedCells implements CellSource {
  private final LiveIndex index;
  private final Places places;
  private final Supplier<Standings.Known> standings;

  private IndexedCells(LiveIndex index, Places places, Supplier<Standings.Known> standings) {
    this.index = requireNonNull(index, "index");
    this.places = requireNonNull(places, "places");
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
   * Cells of an index and of imported campaigns, which are in none.
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
    Places places =
        new Places(
            index,
            new ImportedCampaigns(measurements, maxRows / 2, clock),
            campaigns,
            new FilteredMeasurements(measurements, campaigns, clock),
            () -> standings.get().standing());
    return new IndexedCells(index, places, standings);
  }

  @Override
  public CellTable cells(View view) {
    check(view);
    Place place = places.of(view.filter());
    return cells(place, view.metric(), Grouping.of(view.by(), place.rows()), true);
  }

  private static CellTable cells(Place place, Metric metric, Grouping grouping, boolean countsAll) {
    CellScan<TableCells> scan =
        scan(
            place,
            metric,
            grouping,
            hour -> true,
            () -> new TableCells(place.snapshot().names(), grouping.keys(), countsAll));
    return scan.cells().table(place.leftOut(scan.leftOut(), 0, grouping.leftOut()));
  }

  @Override
  public Series series(View view, Optional<Series.Step> asked, Instant computedAt) {
    check(view);
    Place place = places.of(view.filter());
    Rows rows = place.rows();
    Series.Step step = asked.orElseGet(() -> Series.Step.of(rows.span()));
    Grouping grouping = Grouping.of(view.by(), rows);
    CellScan<SeriesCells> scan =
        scan(
            place,
            view.metric(),
            grouping,
            step::isBegunBy,
            () -> new SeriesCells(place.snapshot().names(), grouping.keys(), view.metric(), step));
    return scan.cells()
        .series(view.by(), place.leftOut(scan.leftOut(), 0, grouping.leftOut()), computedAt);
  }

  /** A metric by hour and day. */
  public HeatMap heatMap(HeatMap.Question question, Instant computedAt) {
    Place place = places.of(question.filter());
    CellScan<HeatCells> scan =
        scan(
            place,
            question.view().metric(),
            Grouping.all(place.snapshot().names()),
            hour -> true,
            () -> new HeatCells(place.snapshot(), question));
    HeatCells cells = scan.cells();
    return cells.map(
        place.leftOut(scan.leftOut(), cells.withoutOffset(), Optional.empty()), computedAt);
  }

  private static void check(View view) {
    if (view.by() == Dimension.RESOLVER) {
      AnswerColumn.check(view.metric());
    }
  }

  private static <C extends CellScan.Cells<C>> CellScan<C> scan(
      Place place,
      Metric metric,
      Grouping grouping,
      Predicate<Instant> mayBeginShare,
      Supplier<C> make) {
    Names names = place.snapshot().names();
    return place
        .rows()
        .shared(mayBeginShare, () -> new CellScan<>(names, metric, grouping, make.get()));
  }

  /** Which hosts served media, those that served most first; at most as many as a view holds. */
  public List<CacheUse> caches(Filter filter) {
    return CacheScan.uses(places.of(filter).rows());
  }

  /**
   * Which caches served whom.
   *
   * @param by provider or AS
   * @param most caches, those that served most
   */
  public ServingUse serving(Filter filter, Dimension by, CachePart of, int most) {
    Place place = places.of(filter);
    Names names = place.snapshot().names();
    Grouping groups = Grouping.of(by, place.rows());
    ServingScan scan = place.rows().shared(() -> new ServingScan(names, groups, of));
    List<Integer> chosen = scan.most(most);
    Grouping parted = groups.partedByCache(scan.placeOfCache(chosen), chosen.size());
    CellTable delays = cells(place, Metric.RTT, parted, true);
    return new ServingUse(
        scan.served(chosen),
        new CrossedCells(groups.keys(), chosen.stream().map(scan::name).toList(), delays),
        delays.leftOut());
  }

  /** How measurements ended, by provider or AS. */
  public FailureUse failures(Filter filter, Dimension by) {
    return FailureScan.use(places.of(filter), by);
  }

  /**
   * Which resolvers were asked, those that were asked most first.
   *
   * @param by provider or AS, if these are told apart
   */
  public List<ResolverUse> resolvers(Filter filter, Optional<Dimension> by) {
    return ResolverScan.uses(places.of(filter).rows(), by);
  }

  /** A metric of resolvers' answers by resolver; only cells that are kept are counted. */
  public CellTable resolverCells(Metric metric, Filter filter) {
    AnswerColumn.check(metric);
    Place place = places.of(filter);
    return cells(place, metric, Grouping.of(Dimension.RESOLVER, place.rows()), false);
  }

  /** The same by provider or AS and by resolver. */
  public CrossedCells resolverCells(Metric metric, Filter filter, Dimension by) {
    AnswerColumn.check(metric);
    Place place = places.of(filter);
    Grouping groups = Grouping.of(by, place.rows());
    Grouping resolvers = Grouping.of(Dimension.RESOLVER, place.rows());
    return new CrossedCells(
        groups.keys(), resolvers.keys(), cells(place, metric, groups.partedBy(resolvers), false));
  }

  /**
   * Which values there are for each filter.
   *
   * @param mayBeNamed which agents
   * @param most values of each
   */
  public List<Facet> facets(Filter filter, Predicate<String> mayBeNamed, int most) {
    return FacetScan.facets(places.of(filter), mayBeNamed, most);
  }

  /**
   * Videos, those that were measured most first.
   *
   * @param after the video before; empty: from the beginning
   */
  public List<VideoUse> videos(Filter filter, Optional<VideoPlace> after, int wanted) {
    return VideoScan.most(places.of(filter).rows(), after, wanted);
  }

  /** Where the latest measurement of each of these videos is, one that played if there is one. */
  public Map<String, Spot> latestOf(Collection<String> videos, Filter filter) {
    return VideoScan.latest(places.of(filter).rows(), videos);
  }

  /** The titles of the videos of an imported campaign; empty: the filter names none. */
  public Optional<Map<String, String>> importedTitles(Filter filter) {
    return places.titles(filter);
  }

  /** All agents that have measurements in memory. */
  public List<AgentLine> agents() {
    return AgentScan.agents(places.all());
  }

  /**
   * Where the latest measurements of a filter are: so many at least, if there are, all of those
   * with one slot.
   *
   * @param before later slots are passed over
   * @return the latest first; empty: the index does not reach so far back, or has none of these
   */
  public Optional<List<Spot>> latest(Filter filter, Instant before, int wanted) {
    return places.before(filter, before).map(rows -> LatestSpots.of(rows, wanted));
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
}
