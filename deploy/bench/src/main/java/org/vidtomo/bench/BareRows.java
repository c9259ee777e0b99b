package org.vidtomo.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.vidtomo.testkit.Cassandra;

/** The driver by hand: one insert a task's state row, many at a time. */
final class BareRows {
  private static final int ROWS = 50_000;
  private static final int IN_FLIGHT = 256;
  private static final int BUCKETS = 64;

  private BareRows() {}

  /** Rows stored per second. */
  static double perSecond(Cassandra cassandra, String keyspace) throws InterruptedException {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra.contactPoint())
            .withLocalDatacenter(cassandra.localDatacenter())
            .withKeyspace(keyspace)
            .build()) {
      PreparedStatement insert =
          session.prepare(
              "INSERT INTO task_by_cycle (campaign_id, cycle, bucket, task_id, round, position,"
                  + " target, sample, url, service, video_id, scheduled_at, expires_at, state,"
                  + " attempt) VALUES (?, 0, ?, ?, 0, ?, ?, 0, ?, ?, ?, ?, ?, 'planned', 0)");
      stored(session, insert, ROWS / 10);
      long start = System.nanoTime();
      stored(session, insert, ROWS);
      return ROWS * 1e9 / (System.nanoTime() - start);
    }
  }

  private static void stored(CqlSession session, PreparedStatement insert, int rows)
      throws InterruptedException {
    UUID campaign = UUID.randomUUID();
    Instant now = Instant.now();
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long i = 0; i < rows; i++) {
      room.acquire();
      session
          .executeAsync(
              insert.bind(
                  campaign,
                  (int) (i % BUCKETS),
                  UUID.randomUUID(),
                  i,
                  "isp-0",
                  DispatchBench.url(i),
                  "page",
                  "page:" + DispatchBench.url(i),
                  now,
                  now))
          .whenComplete((done, error) -> room.release());
    }
    room.acquire(IN_FLIGHT);
  }
}
