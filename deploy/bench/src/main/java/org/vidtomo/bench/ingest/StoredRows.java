package org.vidtomo.bench.ingest;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vidtomo.testkit.Cassandra;

/**
 * The rows that ingest left in a keyspace, to be written by the driver alone into another with the
 * same tables. Each time they go under ids of their own, so that the other's tables grow as
 * ingest's do, with all that Cassandra does about it.
 */
final class StoredRows implements AutoCloseable {
  /** One insert of the loop for each row of these; other tables hold a handful of rows. */
  private static final List<String> TABLES =
      List.of("report_by_id", "report_by_task", "measurement_by_slot", "measurement_by_campaign");

  private static final Set<String> IDS = Set.of("report_id", "task_id");
  private static final int PAGE = 200;

  private final CqlSession session;
  private final List<PreparedStatement> inserts = new ArrayList<>();
  private final List<List<String>> columns = new ArrayList<>();
  private final List<Stored> rows = new ArrayList<>();
  private final Random random = new Random(6);

  private record Stored(int table, ByteBuffer[] columns) {}

  private StoredRows(CqlSession session) {
    this.session = session;
  }

  /** Reads all of them, in the order of no table. */
  static StoredRows read(Cassandra cassandra, String keyspace, String other) {
    StoredRows read = new StoredRows(session(cassandra, other));
    try (CqlSession source = session(cassandra, keyspace)) {
      for (int table = 0; table < TABLES.size(); table++) {
        read.table(source, table);
        read.inserts.add(read.session.prepare(read.insert(table)));
      }
    }
    Collections.shuffle(read.rows, read.random);
    return read;
  }

  /** Writes at the consistency with which ingest does. */
  private static CqlSession session(Cassandra cassandra, String keyspace) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(cassandra.localDatacenter())
        .withKeyspace(keyspace)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                .build())
        .build();
  }

  private void table(CqlSession source, int table) {
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT * FROM " + TABLES.get(table)).setPageSize(PAGE);
    List<String> names = new ArrayList<>();
    for (Row row : source.execute(all)) {
      ColumnDefinitions definitions = row.getColumnDefinitions();
      if (names.isEmpty()) {
        definitions.forEach(each -> names.add(each.getName().asInternal()));
      }
      rows.add(
          new Stored(
              table,
              IntStream.range(0, names.size())
                  .mapToObj(row::getBytesUnsafe)
                  .toArray(ByteBuffer[]::new)));
    }
    columns.add(names);
  }

  int count() {
    return rows.size();
  }

  /** Writes them; the nanoseconds that it took. */
  long write(int inFlight) throws InterruptedException {
    long turn = random.nextLong();
    Semaphore room = new Semaphore(inFlight);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    long start = System.nanoTime();
    for (Stored row : rows) {
      room.acquire();
      session
          .executeAsync(bound(row, turn))
          .whenComplete(
              (done, error) -> {
                failed.compareAndSet(null, error);
                room.release();
              });
    }
    room.acquire(inFlight);
    long nanos = System.nanoTime() - start;
    if (failed.get() != null) {
      throw new IllegalStateException("the bare loop failed", failed.get());
    }
    return nanos;
  }

  private BoundStatement bound(Stored row, long turn) {
    List<String> names = columns.get(row.table());
    BoundStatementBuilder insert = inserts.get(row.table()).boundStatementBuilder();
    for (int i = 0; i < row.columns().length; i++) {
      ByteBuffer value = row.columns()[i];
      if (value != null) {
        insert.setBytesUnsafe(i, IDS.contains(names.get(i)) ? another(value, turn) : value);
      }
    }
    return insert.build();
  }

  private static ByteBuffer another(ByteBuffer id, long turn) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getLong(id.position()))
        .putLong(id.getLong(id.position() + Long.BYTES) ^ turn)
        .flip();
  }

  private String insert(int table) {
    List<String> names = columns.get(table);
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            TABLES.get(table),
            String.join(", ", names),
            names.stream().map(name -> "?").collect(Collectors.joining(", ")));
  }

  @Override
  public void close() {
    session.close();
  }
}
