package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

  private record SlotPartition(Instant hour, int shard) {}

  private record CyclePartition(UUID campaign, int cycle, int bucket) {}

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

  /** The rows of all tables. */
  List<PartitionRow> rows(Measurement measurement) {
    ByteBuffer value = value(measurement);
    List<PartitionRow> rows = new ArrayList<>(ofCampaign(measurement, value));
    rows.add(ofSlot(measurement, value));
    return rows;
  }

  /** The row that is read by campaign; none for a measurement without. */
  List<PartitionRow> rowsByCampaign(Measurement measurement) {
    return ofCampaign(measurement, value(measurement));
  }

  private PartitionRow ofSlot(Measurement measurement, ByteBuffer value) {
    SlotPartition partition =
        new SlotPartition(
            Schema.hour(measurement.scheduledAt()), Schema.hourShard(measurement.taskId()));
    return new PartitionRow(
        partition,
        insertBySlot
            .boundStatementBuilder()
            .setInstant("hour", partition.hour())
            .setInt("shard", partition.shard())
            .setInstant("scheduled_at", measurement.scheduledAt())
            .setUuid("task_id", measurement.taskId())
            .setBytesUnsafe("value", value)
            .setLong("written", written(measurement))
            .build());
  }

  private List<PartitionRow> ofCampaign(Measurement measurement, ByteBuffer value) {
    return measurement.campaignId().map(id -> ofCampaign(id, measurement, value)).stream().toList();
  }

  private PartitionRow ofCampaign(UUID campaign, Measurement measurement, ByteBuffer value) {
    CyclePartition partition =
        new CyclePartition(campaign, measurement.cycle(), Schema.cycleBucket(measurement.taskId()));
    return new PartitionRow(
        partition,
        insertByCampaign
            .boundStatementBuilder()
            .setUuid("campaign_id", campaign)
            .setInt("cycle", partition.cycle())
            .setInt("bucket", partition.bucket())
            .setUuid("task_id", measurement.taskId())
            .setBytesUnsafe("value", value)
            .setLong("written", written(measurement))
            .build());
  }

  /** The bytes of a text column are those of its UTF-8. */
  private static ByteBuffer value(Measurement measurement) {
    return ByteBuffer.wrap(Wire.toBytes(measurement));
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
