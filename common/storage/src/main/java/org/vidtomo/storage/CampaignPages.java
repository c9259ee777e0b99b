package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.vidtomo.storage.MeasurementReader.Page;
import org.vidtomo.storage.MeasurementReader.Place;

/**
 * A campaign's measurements in pages that any process can go on with: each begins at a row's key
 * and costs what it holds, however large the campaign. Blocks. Thread-safe.
 */
final class CampaignPages {
  /** Partitions asked at once, at most: those of a small campaign hold a row or none. */
  private static final int MOST_AT_ONCE = 16;

  private final Statements statements;
  private final PreparedStatement fromBeginning;
  private final PreparedStatement after;

  CampaignPages(Statements statements) {
    this.statements = statements;
    String rows =
        "SELECT task_id, value FROM "
            + Schema.MEASUREMENT_BY_CAMPAIGN
            + " WHERE campaign_id = :campaign_id AND cycle = :cycle AND bucket = :bucket";
    fromBeginning = statements.prepare(rows + " LIMIT :most");
    after = statements.prepare(rows + " AND task_id > :task_id LIMIT :most");
  }

  Page read(UUID campaignId, int latestCycle, Place from, int most) {
    List<Measurement> found = new ArrayList<>();
    Place place = from;
    int rows = 0;
    int atOnce = 1;
    while (place.cycle() <= latestCycle) {
      Place group = place;
      int rowsBefore = rows;
      List<CompletionStage<AsyncResultSet>> asked =
          IntStream.range(0, Math.min(atOnce, Schema.CYCLE_BUCKETS - place.bucket()))
              .mapToObj(each -> ask(campaignId, bucket(group, each), most))
              .toList();
      for (CompletionStage<AsyncResultSet> bucket : asked) {
        for (Row row : rowsOf(bucket, campaignId)) {
          if (rows++ == most) {
            return new Page(found, Optional.of(place));
          }
          MeasurementValue.of(row).ifPresent(found::add);
          place = new Place(place.cycle(), place.bucket(), Optional.of(row.getUuid("task_id")));
        }
        place = next(place);
      }
      // Large partitions are not asked ahead: what does not fit into the page is read for nothing.
      boolean small = (rows - rowsBefore) * MOST_AT_ONCE <= most * asked.size();
      atOnce = small ? Math.min(MOST_AT_ONCE, 2 * atOnce) : 1;
    }
    return new Page(found, Optional.empty());
  }

  private static Place bucket(Place group, int offset) {
    return offset == 0
        ? group
        : new Place(group.cycle(), group.bucket() + offset, Optional.empty());
  }

  private static Place next(Place place) {
    int bucket = (place.bucket() + 1) % Schema.CYCLE_BUCKETS;
    return new Place(place.cycle() + (bucket == 0 ? 1 : 0), bucket, Optional.empty());
  }

  /** One row more than wanted, which says that there are more. */
  private CompletionStage<AsyncResultSet> ask(UUID campaignId, Place place, int most) {
    PreparedStatement statement = place.taskId().isPresent() ? after : fromBeginning;
    BoundStatement bound =
        place
            .taskId()
            .map(task -> statement.boundStatementBuilder().setUuid("task_id", task))
            .orElseGet(statement::boundStatementBuilder)
            .setUuid("campaign_id", campaignId)
            .setInt("cycle", place.cycle())
            .setInt("bucket", place.bucket())
            .setInt("most", most + 1)
            .setPageSize(most + 1)
            .build();
    return statements.runAsync(doing(campaignId), bound);
  }

  private Iterable<Row> rowsOf(CompletionStage<AsyncResultSet> asked, UUID campaignId) {
    return statements.await(doing(campaignId), asked).currentPage();
  }

  private static String doing(UUID campaignId) {
    return "reading the measurements of campaign " + campaignId;
  }
}
