package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

final class CassandraSeeds implements SeedStore {
  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  CassandraSeeds(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.SEED_BY_CAMPAIGN
                + " (campaign_id, bucket, position, url, service, video_id)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    select =
        statements.prepare(
            "SELECT position, url, service, video_id FROM "
                + Schema.SEED_BY_CAMPAIGN
                + " WHERE campaign_id = ? AND bucket = ? AND position >= ? LIMIT ?");
    delete =
        statements.prepare(
            "DELETE FROM " + Schema.SEED_BY_CAMPAIGN + " WHERE campaign_id = ? AND bucket = ?");
  }

  @Override
  public void insert(UUID campaignId, List<Seed> seeds) {
    String doing = "storing seeds of campaign " + campaignId;
    Map<Long, List<BoundStatement>> byPartition =
        seeds.stream()
            .collect(
                Collectors.groupingBy(
                    seed -> seed.position() / Schema.SEEDS_PER_BUCKET,
                    Collectors.mapping(seed -> bound(campaignId, seed), Collectors.toList())));
    statements.await(doing, statements.runAll(doing, Statements.batches(byPartition.values())));
  }

  private BoundStatement bound(UUID campaignId, Seed seed) {
    return insert.bind(
        campaignId,
        seed.position() / Schema.SEEDS_PER_BUCKET,
        seed.position(),
        seed.url(),
        seed.service(),
        seed.videoId());
  }

  @Override
  public void remove(UUID campaignId, long count) {
    String doing = "removing the seeds of campaign " + campaignId;
    long buckets = (count + Schema.SEEDS_PER_BUCKET - 1) / Schema.SEEDS_PER_BUCKET;
    statements.await(
        doing,
        statements.runAll(
            doing,
            LongStream.range(0, buckets)
                .mapToObj(bucket -> delete.bind(campaignId, bucket))
                .toList()));
  }

  @Override
  public List<Seed> read(UUID campaignId, long from, int most) {
    if (most < 1 || most > Schema.SEEDS_PER_BUCKET) {
      throw new IllegalArgumentException(
          "most must be 1 to " + Schema.SEEDS_PER_BUCKET + ", is " + most);
    }
    List<Seed> seeds = new ArrayList<>();
    long bucket = from / Schema.SEEDS_PER_BUCKET;
    readBucket(campaignId, bucket, from, most, seeds);
    if (seeds.size() < most) {
      readBucket(campaignId, bucket + 1, from, most - seeds.size(), seeds);
    }
    return seeds;
  }

  private void readBucket(UUID campaignId, long bucket, long from, int most, List<Seed> into) {
    statements.each(
        "reading seeds of campaign " + campaignId,
        List.of(select.bind(campaignId, bucket, from, most)),
        row -> into.add(seed(row)));
  }

  private static Seed seed(Row row) {
    return new Seed(
        row.getLong("position"),
        row.getString("url"),
        row.getString("service"),
        row.getString("video_id"));
  }
}
