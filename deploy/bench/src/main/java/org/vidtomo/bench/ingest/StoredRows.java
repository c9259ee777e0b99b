package org.vidtomo.bench.ingest;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vidtomo.testkit.Cassandra;

/** The rows that ingest left in a keyspace, to be written once more by the driver alone. */
final class StoredRows {
  /** One insert of the loop for each row of these; other tables hold a handful of rows. */
  private static final List<String> TABLES =
      List.of("report_by_id", "report_by_task", "measurement_by_slot", "measurement_by_campaign");

  private static final int IN_FLIGHT = 256;
  private static final int PAGE = 200;

  private final Cassandra cassandra;
  private final List<Stored> rows = new ArrayList<>();

  private record Stored(int table, ByteBuffer[] columns) {}

  private final List<List<String>> columns = new ArrayList<>();

  private StoredRows(Cassandra cassandra) {
    this.cassandra = cassandra;
  }

  /** Reads all of them, in the order of no table. */
  static StoredRows read(Cassandra cassandra, String keyspace) {
    StoredRows read = new StoredRows(cassandra);
    try (CqlSession session = builder(cassandra).withKeyspace(keyspace).build()) {
      for (int table = 0; table < TABLES.size(); table++) {
        read.table(session, table);
      }
    }
    Collections.shuffle(read.rows, new Random(6));
    return read;
  }

  private void table(CqlSession session, int table) {
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT * FROM " + TABLES.get(table)).setPageSize(PAGE);
    List<String> names = new ArrayList<>();
    for (Row row : session.execute(all)) {
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

  /** Writes them into another keyspace with the same tables; the nanoseconds that it took. */
  long writtenInto(String keyspace) throws InterruptedException {
    try (CqlSession session = builder(cassandra).withKeyspace(keyspace).build()) {
      List<PreparedStatement> inserts = new ArrayList<>();
      for (int table = 0; table < TABLES.size(); table++) {
        inserts.add(session.prepare(insert(table)));
      }
      Semaphore room = new Semaphore(IN_FLIGHT);
      long start = System.nanoTime();
      for (Stored row : rows) {
        room.acquire();
        BoundStatementBuilder insert = inserts.get(row.table()).boundStatementBuilder();
        for (int i = 0; i < row.columns().length; i++) {
          if (row.columns()[i] != null) {
            insert.setBytesUnsafe(i, row.columns()[i]);
          }
        }
        session.executeAsync(insert.build()).whenComplete((done, error) -> room.release());
      }
      room.acquire(IN_FLIGHT);
      return System.nanoTime() - start;
    }
  }

  private String insert(int table) {
    List<String> names = columns.get(table);
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            TABLES.get(table),
            String.join(", ", names),
            names.stream().map(name -> "?").collect(Collectors.joining(", ")));
  }

  private static CqlSessionBuilder builder(Cassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(cassandra.localDatacenter());
  }
}
