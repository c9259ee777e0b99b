package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.core.wire.Wire;

/**
 * The measurement that counts for each task, in the tables that are read by slot and by campaign.
 *
 * <p>All reports of a task are written to the same row. A measurement is one value, so that two
 * never mix, and its write timestamp is the higher the lower the attempt: whatever the order of
 * arrival, the lowest attempt stays. Among two of one attempt, Cassandra keeps the greater value,
 * which begins with the report's id.
 */
final class CountedRows {
  /** Deriving again takes the place of what was derived before of the same attempt. */
  private static final int VERSIONS = 1_000;

  private final PreparedStatement insertBySlot;
  private final PreparedStatement insertByCampaign;

  CountedRows(Statements statements) {
    insertBySlot =
        statements.prepare(
            "INSERT INTO "
                + Schema.MEASUREMENT_BY_SLOT
                + " (hour, shard, scheduled_at, task_id, value)"
                + " VALUES (:hour, :shard, :scheduled_at, :task_id, :value)"
                + " USING TIMESTAMP :written");
    insertByCampaign =
        statements.prepare(
            "INSERT INTO "
                + Schema.MEASUREMENT_BY_CAMPAIGN
                + " (campaign_id, cycle, bucket, task_id, value)"
                + " VALUES (:campaign_id, :cycle, :bucket, :task_id, :value)"
                + " USING TIMESTAMP :written");
  }

  List<BoundStatement> insert(Measurement measurement) {
    List<BoundStatement> rows = new ArrayList<>(insertByCampaign(measurement));
    rows.add(
        insertBySlot
            .boundStatementBuilder()
            .setInstant("hour", Schema.hour(measurement.scheduledAt()))
            .setInt("shard", Schema.hourShard(measurement.taskId()))
            .setInstant("scheduled_at", measurement.scheduledAt())
            .setUuid("task_id", measurement.taskId())
            .setString("value", Wire.toJson(measurement))
            .setLong("written", written(measurement))
            .build());
    return rows;
  }

  /** The row that is read by campaign; none for a measurement without. */
  List<BoundStatement> insertByCampaign(Measurement measurement) {
    return measurement
        .campaignId()
        .map(
            campaign ->
                insertByCampaign
                    .boundStatementBuilder()
                    .setUuid("campaign_id", campaign)
                    .setInt("cycle", measurement.cycle())
                    .setInt("bucket", Schema.cycleBucket(measurement.taskId()))
                    .setUuid("task_id", measurement.taskId())
                    .setString("value", Wire.toJson(measurement))
                    .setLong("written", written(measurement))
                    .build())
        .map(List::of)
        .orElse(List.of());
  }

  /** Microseconds; never after the slot by more than a millisecond, so that deleting works. */
  static long written(Measurement measurement) {
    if (measurement.derivationVersion() < 0 || measurement.derivationVersion() >= VERSIONS) {
      throw new IllegalArgumentException(
          "derivation version must be 0 to %d, is %d"
              .formatted(VERSIONS - 1, measurement.derivationVersion()));
    }
    // Rows know the slot to the millisecond; so must the timestamp.
    long slot = Columns.micros(measurement.scheduledAt().truncatedTo(ChronoUnit.MILLIS));
    return slot - (long) measurement.attempt() * VERSIONS + measurement.derivationVersion();
  }
}
