package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

final class CassandraSeeds implements SeedStore {
  private static final int IN_FLIGHT = 128;

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;

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
  }

  @Override
  public void insert(UUID campaignId, List<Seed> seeds) {
    for (int from = 0; from < seeds.size(); from += IN_FLIGHT) {
      List<CompletionStage<?>> stages = new ArrayList<>();
      for (Seed seed : seeds.subList(from, Math.min(seeds.size(), from + IN_FLIGHT))) {
        stages.add(
            statements.runAsync(
                "storing seeds of campaign " + campaignId,
                insert.bind(
                    campaignId,
                    seed.position() / Schema.SEEDS_PER_BUCKET,
                    seed.position(),
                    seed.url(),
                    seed.service(),
                    seed.videoId())));
      }
      Waiting.join(Statements.all(stages));
    }
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
    for (Row row :
        statements.run(
            "reading seeds of campaign " + campaignId,
            select.bind(campaignId, bucket, from, most))) {
      into.add(
          new Seed(
              row.getLong("position"),
              row.getString("url"),
              row.getString("service"),
              row.getString("video_id")));
    }
  }
}
