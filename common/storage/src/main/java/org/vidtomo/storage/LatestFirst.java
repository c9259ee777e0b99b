package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Merges results, each with the latest slot first, into one such. Blocks. Not thread-safe. */
final class LatestFirst implements Iterator<Row> {
  private static final String DOING = "reading the latest measurements";

  /** As Cassandra orders the type uuid, among those that tell no time. */
  static final Comparator<UUID> AS_CASSANDRA =
      Comparator.comparingInt(UUID::version)
          .thenComparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private static final Comparator<Source> ORDER =
      Comparator.comparing((Source source) -> source.head.getInstant("scheduled_at"))
          .reversed()
          .thenComparing(source -> source.head.getUuid("task_id"), AS_CASSANDRA);

  private final Statements statements;
  private final PriorityQueue<Source> sources = new PriorityQueue<>(ORDER);

  private final class Source {
    private AsyncResultSet page;
    private Row head;

    private Source(AsyncResultSet page) {
      this.page = page;
    }

    private boolean advance() {
      head = page.one();
      while (head == null && page.hasMorePages()) {
        page = statements.nextPage(DOING, page);
        head = page.one();
      }
      return head != null;
    }
  }

  LatestFirst(Statements statements, List<BoundStatement> shards) {
    this.statements = statements;
    List<CompletionStage<AsyncResultSet>> results = new ArrayList<>();
    shards.forEach(statement -> results.add(statements.runAsync(DOING, statement)));
    for (CompletionStage<AsyncResultSet> result : results) {
      Source source = new Source(statements.await(DOING, result));
      if (source.advance()) {
        sources.add(source);
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !sources.isEmpty();
  }

  @Override
  public Row next() {
    Source source = sources.poll();
    if (source == null) {
      throw new NoSuchElementException();
    }
    Row row = source.head;
    if (source.advance()) {
      sources.add(source);
    }
    return row;
  }
}
