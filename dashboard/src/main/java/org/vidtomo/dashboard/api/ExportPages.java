package org.vidtomo.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.Fits;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.MeasurementReader.Cursor;
import org.vidtomo.storage.MeasurementReader.Page;
import org.vidtomo.storage.MeasurementReader.Place;

/**
 * All measurements that pass a filter, a page at a time, each read once. Those of a campaign come
 * in no order; others the latest first. Blocks. One thread at a time.
 */
abstract class ExportPages {
  /** What is in memory at once of the small rows. */
  private static final int AT_ONCE = 500;

  private final Fits fits;
  private boolean ended;

  private ExportPages(Filter filter) {
    fits = new Fits(filter);
  }

  /**
   * Nothing is read yet.
   *
   * @throws org.vidtomo.dashboard.compare.UnanswerableException when the time is too long
   */
  static ExportPages of(
      Filter filter,
      Optional<Campaign> campaign,
      MeasurementReader reader,
      FilteredMeasurements filtered) {
    return campaign.isPresent()
        ? new OfCampaign(filter, campaign.get(), reader)
        : new LatestFirst(filter, reader, filtered.from(filter), filtered.to(filter));
  }

  /** Whether there is nothing more. */
  final boolean ended() {
    return ended;
  }

  /** The next ones, possibly none though there are more. */
  final List<Measurement> next() {
    return read().stream().filter(fits).toList();
  }

  final void end() {
    ended = true;
  }

  abstract List<Measurement> read();

  private static final class OfCampaign extends ExportPages {
    private final MeasurementReader reader;
    private final UUID campaign;
    private final int latestCycle;
    private Place place = Place.BEGINNING;

    private OfCampaign(Filter filter, Campaign campaign, MeasurementReader reader) {
      super(filter);
      this.reader = reader;
      this.campaign = campaign.id();
      latestCycle = campaign.cycle();
    }

    @Override
    List<Measurement> read() {
      Page page = reader.pageOfCampaign(campaign, latestCycle, place, AT_ONCE);
      page.next().ifPresentOrElse(next -> place = next, this::end);
      return page.measurements();
    }
  }

  private static final class LatestFirst extends ExportPages {
    private final MeasurementReader reader;
    private final Instant from;
    private Cursor cursor;

    private LatestFirst(Filter filter, MeasurementReader reader, Instant from, Instant to) {
      super(filter);
      this.reader = reader;
      this.from = from;
      cursor = new Cursor(to, Optional.empty());
    }

    @Override
    List<Measurement> read() {
      List<Measurement> some = reader.latest(from, cursor, AT_ONCE);
      if (some.size() < AT_ONCE) {
        end();
      } else {
        Measurement last = some.get(some.size() - 1);
        cursor = new Cursor(last.scheduledAt(), Optional.of(last.taskId()));
      }
      return some;
    }
  }
}
