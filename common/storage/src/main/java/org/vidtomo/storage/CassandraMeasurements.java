package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measurements in Cassandra. Thread-safe. */
final class CassandraMeasurements implements MeasurementReader {
  private static final int MOST = 1_000;
  private static final int MOST_SPOTS = 2_000;

  private final Statements statements;
  private final SlotHours hours;
  private final PreparedStatement latest;
  private final PreparedStatement between;
  private final PreparedStatement ofCycle;
  private final PreparedStatement ofSpot;
  private final CampaignPages pages;

  /** Prepares the statements. */
  public CassandraMeasurements(Statements statements) {
    this.statements = statements;
    hours = new SlotHours(statements);
    pages = new CampaignPages(statements);
    String ofPartition = " WHERE hour = :hour AND shard = :shard";
    latest =
        statements.prepare(
            "SELECT scheduled_at, task_id, value FROM "
                + Schema.MEASUREMENT_BY_SLOT
                + ofPartition
                + " AND scheduled_at <= :slot AND scheduled_at >= :not_before");
    between =
        statements.prepare(
            "SELECT task_id, value FROM "
                + Schema.MEASUREMENT_BY_SLOT
                + ofPartition
                + " AND scheduled_at >= :earliest AND scheduled_at <= :latest");
    ofSpot =
        statements.prepare(
            "SELECT task_id, value FROM "
                + Schema.MEASUREMENT_BY_SLOT
                + ofPartition
                + " AND scheduled_at = :slot");
    ofCycle =
        statements.prepare(
            "SELECT task_id, value FROM "
                + Schema.MEASUREMENT_BY_CAMPAIGN
                + " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket IN :buckets");
  }

  @Override
  public List<Measurement> latest(Instant notBefore, Cursor before, int most) {
    check(most);
    List<Measurement> found = new ArrayList<>();
    for (Instant hour : hours.between(notBefore, before.slot())) {
      if (found.size() == most) {
        break;
      }
      LatestFirst rows = new LatestFirst(statements, shards(hour, notBefore, before, most));
      while (found.size() < most && rows.hasNext()) {
        MeasurementValue.of(rows.next())
            .filter(each -> !each.scheduledAt().isBefore(notBefore) && isAfter(each, before))
            .ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  private static void check(int most) {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("most must be 1 to " + MOST + ", is " + most);
    }
  }

  @Override
  public Page pageOfCampaign(UUID campaignId, int latestCycle, Place from, int most) {
    check(most);
    return pages.read(campaignId, latestCycle, from, most);
  }

  private static boolean isAfter(Measurement measurement, Cursor cursor) {
    int slots = measurement.scheduledAt().compareTo(cursor.slot());
    return slots < 0
        || (slots == 0
            && cursor
                .taskId()
                .filter(task -> LatestFirst.AS_CASSANDRA.compare(measurement.taskId(), task) > 0)
                .isPresent());
  }

  private List<BoundStatement> shards(Instant hour, Instant notBefore, Cursor before, int most) {
    int pageRows = Math.max(8, 2 * most / Schema.HOUR_SHARDS);
    return IntStream.range(0, Schema.HOUR_SHARDS)
        .mapToObj(
            shard ->
                latest
                    .boundStatementBuilder()
                    .setInstant("hour", hour)
                    .setInt("shard", shard)
                    .setInstant("slot", before.slot())
                    .setInstant("not_before", notBefore)
                    .setPageSize(pageRows)
                    .build())
        .toList();
  }

  @Override
  public List<Measurement> at(Collection<Spot> spots) {
    if (spots.size() > MOST_SPOTS) {
      throw new IllegalArgumentException(
          "at most %d spots can be read at once, not %d".formatted(MOST_SPOTS, spots.size()));
    }
    List<Measurement> found = new ArrayList<>();
    statements.each(
        "reading measurements one by one",
        spots.stream()
            .map(spot -> ofSpot.bind(Schema.hour(spot.slot()), spot.shard(), spot.slot()))
            .toList(),
        Statements.MANY_AHEAD,
        row -> MeasurementValue.of(row).ifPresent(found::add));
    return found;
  }

  @Override
  public void ofCampaign(UUID campaignId, int cycle, Consumer<Measurement> each) {
    statements.each(
        "reading the measurements of campaign %s, cycle %d".formatted(campaignId, cycle),
        Statements.ofCycle(ofCycle, campaignId, cycle),
        row -> MeasurementValue.of(row).ifPresent(each));
  }

  @Override
  public void between(Instant from, Instant to, Consumer<Measurement> each) {
    if (!from.isBefore(to)) {
      return;
    }
    List<BoundStatement> partitions =
        hours.between(from, to).stream()
            .flatMap(
                hour ->
                    IntStream.range(0, Schema.HOUR_SHARDS)
                        .mapToObj(shard -> between.bind(hour, shard, from, to)))
            .toList();
    statements.each(
        "reading the measurements from %s to %s".formatted(from, to),
        partitions,
        row ->
            MeasurementValue.of(row)
                .filter(m -> !m.scheduledAt().isBefore(from) && m.scheduledAt().isBefore(to))
                .ifPresent(each));
  }
}
