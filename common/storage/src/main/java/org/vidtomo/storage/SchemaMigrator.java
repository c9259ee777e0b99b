package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a keyspace to this version's schema. Migrations only add, and each of their statements may
 * be run again, so processes that start at once, and old and new versions side by side, do no harm.
 */
final class SchemaMigrator {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** In their order; a new one is added at the end. */
  private static final List<String> MIGRATIONS = List.of("0001-first");

  private final CqlSession session;
  private final StoreSettings settings;

  SchemaMigrator(CqlSession session, StoreSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  void migrate() {
    if (session.getMetadata().getKeyspace(settings.keyspace()).isEmpty()) {
      run(createKeyspace());
    }
    run("USE " + settings.keyspace());
    run(
        "CREATE TABLE IF NOT EXISTS "
            + Schema.MIGRATION
            + " (name text, applied_at timestamp, PRIMARY KEY ((name)))");
    Set<String> applied = new HashSet<>();
    session
        .execute("SELECT name FROM " + Schema.MIGRATION)
        .forEach(row -> applied.add(row.getString("name")));
    for (String migration : MIGRATIONS) {
      if (!applied.contains(migration)) {
        apply(migration);
      }
    }
  }

  private void apply(String migration) {
    for (String statement : statements(migration)) {
      run(statement);
    }
    run(
        "INSERT INTO "
            + Schema.MIGRATION
            + " (name, applied_at) VALUES ('"
            + migration
            + "', toTimestamp(now()))");
    LOG.info("schema migrated keyspace={} migration={}", settings.keyspace(), migration);
  }

  private String createKeyspace() {
    String replication =
        settings.replication() == 1
            ? "{'class': 'SimpleStrategy', 'replication_factor': 1}"
            : "{'class': 'NetworkTopologyStrategy', '%s': %d}"
                .formatted(settings.localDatacenter().replace("'", "''"), settings.replication());
    return "CREATE KEYSPACE IF NOT EXISTS "
        + settings.keyspace()
        + " WITH replication = "
        + replication;
  }

  private void run(String statement) {
    session.execute(
        SimpleStatement.newInstance(statement).setTimeout(PATIENCE).setIdempotent(true));
  }

  private static List<String> statements(String migration) {
    String resource = "schema/" + migration + ".cql";
    try (InputStream in = SchemaMigrator.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> statements = new ArrayList<>();
      for (String statement : text.replaceAll("(?m)^--.*$", "").split(";\\s*(\\n|$)")) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }
}
