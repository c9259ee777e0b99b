package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

final class CassandraCrawl implements CrawlStore {
  private final Statements statements;
  private final PreparedStatement insertVideo;
  private final PreparedStatement selectVideos;
  private final PreparedStatement deleteVideos;
  private final PreparedStatement insertRelated;
  private final PreparedStatement selectRelated;

  CassandraCrawl(Statements statements) {
    this.statements = statements;
    String ofBucket = " WHERE campaign_id = ? AND cycle = ? AND bucket = ?";
    insertVideo =
        statements.prepare(
            "INSERT INTO "
                + Schema.VIDEO_BY_CYCLE
                + " (campaign_id, cycle, bucket, position, url, service, video_id, found_on)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    selectVideos =
        statements.prepare(
            "SELECT position, url, service, video_id, found_on FROM "
                + Schema.VIDEO_BY_CYCLE
                + ofBucket
                + " AND position >= ? LIMIT ?");
    deleteVideos = statements.prepare("DELETE FROM " + Schema.VIDEO_BY_CYCLE + ofBucket);
    insertRelated =
        statements.prepare(
            "INSERT INTO "
                + Schema.RELATED_BY_ROUND
                + " (campaign_id, cycle, round, bucket, position, target, links)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    selectRelated =
        statements.prepare(
            "SELECT position, target, links FROM "
                + Schema.RELATED_BY_ROUND
                + " WHERE campaign_id = ? AND cycle = ? AND round = ? AND bucket = ?"
                + " AND position >= ? AND position < ?");
  }

  @Override
  public void insertVideos(UUID campaignId, int cycle, List<FoundVideo> videos) {
    String doing = "storing videos of campaign %s, cycle %d".formatted(campaignId, cycle);
    Map<Long, List<BoundStatement>> byPartition =
        videos.stream()
            .collect(
                Collectors.groupingBy(
                    found -> found.video().position() / Schema.SEEDS_PER_BUCKET,
                    Collectors.mapping(
                        found -> bound(campaignId, cycle, found), Collectors.toList())));
    statements.await(doing, statements.runAll(doing, Statements.batches(byPartition.values())));
  }

  private BoundStatement bound(UUID campaignId, int cycle, FoundVideo found) {
    Seed video = found.video();
    return insertVideo.bind(
        campaignId,
        cycle,
        video.position() / Schema.SEEDS_PER_BUCKET,
        video.position(),
        video.url(),
        video.service(),
        video.videoId(),
        found.foundOn());
  }

  @Override
  public List<FoundVideo> readVideos(UUID campaignId, int cycle, long from, int most) {
    if (most < 1 || most > Schema.SEEDS_PER_BUCKET) {
      throw new IllegalArgumentException(
          "most must be 1 to " + Schema.SEEDS_PER_BUCKET + ", is " + most);
    }
    List<FoundVideo> videos = new ArrayList<>();
    long bucket = from / Schema.SEEDS_PER_BUCKET;
    for (long each = bucket; each <= bucket + 1 && videos.size() < most; each++) {
      statements.each(
          "reading videos of campaign %s, cycle %d".formatted(campaignId, cycle),
          List.of(selectVideos.bind(campaignId, cycle, each, from, most - videos.size())),
          row -> videos.add(video(row)));
    }
    return videos;
  }

  @Override
  public void removeVideos(UUID campaignId, int cycle, long count) {
    String doing = "removing the videos of campaign %s, cycle %d".formatted(campaignId, cycle);
    long buckets = (count + Schema.SEEDS_PER_BUCKET - 1) / Schema.SEEDS_PER_BUCKET;
    statements.await(
        doing,
        statements.runAll(
            doing,
            LongStream.range(0, buckets)
                .mapToObj(bucket -> deleteVideos.bind(campaignId, cycle, bucket))
                .toList()));
  }

  @Override
  public CompletionStage<Void> noteRelated(RelatedLinks.Reported reported) {
    RelatedLinks related = reported.related();
    BoundStatement statement =
        insertRelated.bind(
            related.campaignId(),
            related.cycle(),
            related.round(),
            related.position() / Schema.POSITIONS_PER_BUCKET,
            related.position(),
            related.target(),
            Wire.toJson(related.links()),
            // As that of measurements: the lowest attempt stays.
            Columns.micros(reported.scheduledAt()) - reported.attempt());
    return statements
        .runAsync("storing the links of a page of campaign " + related.campaignId(), statement)
        .thenApply(result -> null);
  }

  @Override
  public void eachRelated(
      UUID campaignId, int cycle, int round, long from, long before, Consumer<RelatedLinks> each) {
    List<BoundStatement> buckets =
        LongStream.rangeClosed(
                from / Schema.POSITIONS_PER_BUCKET, (before - 1) / Schema.POSITIONS_PER_BUCKET)
            .mapToObj(bucket -> selectRelated.bind(campaignId, cycle, round, bucket, from, before))
            .toList();
    statements.each(
        "reading the links of campaign %s, cycle %d, round %d".formatted(campaignId, cycle, round),
        buckets,
        Statements.MANY_AHEAD,
        row -> each.accept(related(campaignId, cycle, round, row)));
  }

  private static FoundVideo video(Row row) {
    return new FoundVideo(
        new Seed(
            row.getLong("position"),
            row.getString("url"),
            row.getString("service"),
            row.getString("video_id")),
        row.getString("found_on"));
  }

  private static RelatedLinks related(UUID campaignId, int cycle, int round, Row row) {
    try {
      return new RelatedLinks(
          campaignId,
          cycle,
          round,
          row.getLong("position"),
          row.getString("target"),
          List.of(Wire.read(row.getString("links"), String[].class)));
    } catch (WireException e) {
      throw new StoreException(
          "reading the links of a page of campaign %s failed: %s"
              .formatted(campaignId, e.getMessage()),
          e);
    }
  }
}
