package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the keyspace's tables up to what this version needs. Processes that start together take
 * turns; migrations that a newer version has applied are left alone.
 */
final class SchemaMigrator {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrator.class);
  private static final String FOLDER = "schema/";
  private static final String LOCK_NAME = "migration";

  /** A process that dies with the lock holds the others up for so long. */
  private static final Duration LOCK_HOLDS = Duration.ofSeconds(60);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** For so long a table may be half created: longer than a flush of Cassandra's schema tables. */
  private static final Duration HALF_CREATED = Duration.ofSeconds(20);

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final StoreSettings settings;
  private final String owner = UUID.randomUUID().toString();

  SchemaMigrator(CqlSession session, StoreSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Applies what is missing.
   *
   * @throws StoreException when it can't, or another process holds the lock for too long
   */
  void migrate() throws InterruptedException {
    try {
      if (!patiently(this::missing).isEmpty()) {
        // The driver would read the whole schema again, and wait a second, for every table.
        session.setSchemaMetadataEnabled(false);
        migrateInTurn();
        session.setSchemaMetadataEnabled(null);
      }
    } catch (DriverException e) {
      throw new Errors(settings).translated("bringing the schema up to date", e);
    }
  }

  private void migrateInTurn() throws InterruptedException {
    createOwnTables();
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!patiently(this::missing).isEmpty()) {
      if (patiently(this::locked)) {
        try {
          missing().forEach(this::apply);
        } finally {
          unlock();
        }
      } else if (System.nanoTime() > deadline) {
        throw new StoreException(
            "bringing the schema of keyspace %s up to date failed: another process has been at it for %d s; see what it is doing, then start again"
                .formatted(settings.keyspace(), LONGEST_WAIT.toSeconds()),
            new IllegalStateException("schema lock held"));
      } else {
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  /** Two processes may do this at once: the same id makes it the same table on every node. */
  private void createOwnTables() {
    run(
        "CREATE TABLE IF NOT EXISTS %s (name text, applied_at timestamp, PRIMARY KEY ((name))) WITH id = %s"
            .formatted(Schema.MIGRATION, tableId(settings.keyspace(), Schema.MIGRATION)));
    run(lockTable("", settings.keyspace()));
  }

  /**
   * Creates the table of the lock, unless it is there.
   *
   * @param in the keyspace with a dot, empty for that of the session
   */
  static String lockTable(String in, String keyspace) {
    return "CREATE TABLE IF NOT EXISTS %s%s (name text, owner text, PRIMARY KEY ((name))) WITH id = %s"
        .formatted(in, Schema.SCHEMA_LOCK, tableId(keyspace, Schema.SCHEMA_LOCK));
  }

  private static UUID tableId(String keyspace, String table) {
    return UUID.nameUUIDFromBytes((keyspace + "." + table).getBytes(StandardCharsets.UTF_8));
  }

  private List<String> missing() {
    Set<String> applied = applied(session, "");
    List<String> known = Schema.MIGRATIONS;
    applied.stream()
        .filter(migration -> !known.contains(migration))
        .forEach(newer -> LOG.info("the schema is newer than this version migration={}", newer));
    return known.stream().filter(migration -> !applied.contains(migration)).toList();
  }

  /**
   * The migrations that were applied.
   *
   * @param in the keyspace with a dot, empty for that of the session
   */
  static Set<String> applied(CqlSession session, String in) {
    try {
      return session.execute(statement("SELECT name FROM " + in + Schema.MIGRATION)).all().stream()
          .map(row -> row.getString("name"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (InvalidQueryException noTableYet) {
      return Set.of();
    }
  }

  private void apply(String migration) {
    long started = System.nanoTime();
    statements(migration).forEach(this::run);
    session.execute(
        statement(
            "INSERT INTO %s (name, applied_at) VALUES ('%s', toTimestamp(now()))"
                .formatted(Schema.MIGRATION, migration)));
    LOG.info(
        "applied migration={} keyspace={} elapsedMillis={}",
        migration,
        settings.keyspace(),
        Duration.ofNanos(System.nanoTime() - started).toMillis());
  }

  private boolean locked() {
    Row row =
        session
            .execute(
                statement(
                    "INSERT INTO %s (name, owner) VALUES ('%s', '%s') IF NOT EXISTS USING TTL %d"
                        .formatted(Schema.SCHEMA_LOCK, LOCK_NAME, owner, LOCK_HOLDS.toSeconds())))
            .one();
    return row != null && (row.getBoolean("[applied]") || owner.equals(row.getString("owner")));
  }

  private void unlock() {
    session.execute(
        statement(
            "DELETE FROM %s WHERE name = '%s' IF owner = '%s'"
                .formatted(Schema.SCHEMA_LOCK, LOCK_NAME, owner)));
  }

  /**
   * While another process creates a table, Cassandra knows the table for a moment before it can
   * read and write it, and answers with a server error ("Unknown CF"). The query must be one that
   * can be repeated.
   */
  private static <T> T patiently(Supplier<T> query) throws InterruptedException {
    long deadline = System.nanoTime() + HALF_CREATED.toNanos();
    while (true) {
      try {
        return query.get();
      } catch (ServerError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LOG.debug("a table is being created error={}", e.getMessage());
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private void run(String cql) {
    session.execute(statement(cql));
  }

  private static SimpleStatement statement(String cql) {
    return SimpleStatement.newInstance(cql).setTimeout(STATEMENT_TIMEOUT);
  }

  /** A migration's statements: each ends with a semicolon at a line's end. */
  static List<String> statements(String migration) {
    try (InputStream in = SchemaMigrator.class.getResourceAsStream(FOLDER + migration + ".cql")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FOLDER + migration);
      }
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("--"))
              .collect(Collectors.joining("\n", "", "\n"));
      return Arrays.stream(text.split(";\n")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + migration, e);
    }
  }
}
