package org.vidtomo.storage;

import java.util.UUID;

/** Names of tables, and how rows are spread over partitions. Only ever added to. */
final class Schema {
  static final String MIGRATION = "schema_migration";
  static final String CAMPAIGN_BY_ID = "campaign_by_id";
  static final String SEED_BY_CAMPAIGN = "seed_by_campaign";
  static final String TASK_BY_CYCLE = "task_by_cycle";
  static final String AGENT_BY_ID = "agent_by_id";
  static final String AGENT_BY_KEY = "agent_by_key";
  static final String INVITE_BY_TOKEN = "invite_by_token";
  static final String COORDINATOR_KEY_BY_ID = "coordinator_key_by_id";
  static final String REPORT_BY_ID = "report_by_id";
  static final String REPORT_BY_TASK = "report_by_task";
  static final String MEASUREMENT_BY_DAY = "measurement_by_day";
  static final String MEASUREMENT_BY_CAMPAIGN = "measurement_by_campaign";

  /** Partitions of a cycle's tasks and measurements. */
  static final int CYCLE_BUCKETS = 64;

  /** Partitions of a day's measurements: 62,500 rows each on a day with a million. */
  static final int DAY_BUCKETS = 16;

  static final int SEEDS_PER_BUCKET = 10_000;

  private Schema() {}

  static int cycleBucket(UUID taskId) {
    return bucket(taskId, CYCLE_BUCKETS);
  }

  static int dayBucket(UUID taskId) {
    return bucket(taskId, DAY_BUCKETS);
  }

  // The low bits of a UUIDv5 are those of a hash, and spread evenly.
  private static int bucket(UUID id, int buckets) {
    return (int) Math.floorMod(id.getLeastSignificantBits(), (long) buckets);
  }
}
