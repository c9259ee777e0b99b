package org.vidtomo.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Names of tables, and how rows are spread over partitions. Only ever added to; docs/data-model.md
 * explains it.
 */
final class Schema {
  static final String SCHEMA_LOCK = "schema_lock";
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
  static final String MEASUREMENT_BY_SLOT = "measurement_by_slot";
  static final String MEASUREMENT_BY_CAMPAIGN = "measurement_by_campaign";
  static final String SLOT_HOUR = "slot_hour";
  static final String LEADER_BY_NAME = "leader_by_name";
  static final String VIDEO_BY_CYCLE = "video_by_cycle";
  static final String RELATED_BY_ROUND = "related_by_round";
  static final String HANDLING_BY_MESSAGE = "handling_by_message";
  static final String REDERIVED_RANGE = "rederived_range";
  static final String DIRTY_HOUR = "dirty_hour";
  static final String INDEX_HOUR = "index_hour";
  static final String HOUR_CLAIM = "hour_claim";
  static final String INDEX_BLOCK = "index_block";
  static final String STRIKE_BY_AGENT = "strike_by_agent";
  static final String LINE_BY_AGENT = "line_by_agent";
  static final String ERASURE_BY_AGENT = "erasure_by_agent";

  /** In their order; a new one is added at the end, none is changed once released. */
  static final List<String> MIGRATIONS =
      List.of(
          "0001-first",
          "0002-slots",
          "0003-leader",
          "0004-origin",
          "0005-crawl",
          "0006-ingest",
          "0007-index",
          "0009-standing",
          "0012-provider",
          "0010-erasure",
          "0013-erasure-again",
          "0014-line-reported");

  /** Partitions of a cycle's tasks and measurements. */
  static final int CYCLE_BUCKETS = 64;

  /** Partitions of an hour's measurements. */
  static final int HOUR_SHARDS = 16;

  /** Of lists and cycles alike. */
  static final int SEEDS_PER_BUCKET = 10_000;

  /** A position has the links of a page for each target: of each agent, where each is one. */
  static final int POSITIONS_PER_BUCKET = 100;

  private static final int BUCKETS_PER_QUERY = 16;

  private Schema() {}

  static int cycleBucket(UUID taskId) {
    return bucket(taskId, CYCLE_BUCKETS);
  }

  static int hourShard(UUID taskId) {
    return bucket(taskId, HOUR_SHARDS);
  }

  /** The hour that a slot lies in. */
  static Instant hour(Instant slot) {
    return slot.truncatedTo(ChronoUnit.HOURS);
  }

  /** All partitions of a cycle, in groups that one query can ask for without straining a node. */
  static List<List<Integer>> cycleBucketGroups() {
    return IntStream.range(0, CYCLE_BUCKETS / BUCKETS_PER_QUERY)
        .map(group -> group * BUCKETS_PER_QUERY)
        .mapToObj(from -> IntStream.range(from, from + BUCKETS_PER_QUERY).boxed().toList())
        .toList();
  }

  // The low bits of a UUIDv5 are those of a hash, and spread evenly.
  private static int bucket(UUID id, int buckets) {
    return (int) Math.floorMod(id.getLeastSignificantBits(), (long) buckets);
  }
}
