package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at a Cassandra for one who wants to know what is wrong with it, and changes nothing. One
 * session of its own; used by one thread at a time.
 */
public final class StoreProbe implements AutoCloseable {
  private final CqlSession session;
  private final StoreSettings settings;
  private final Errors errors;

  private StoreProbe(CqlSession session, StoreSettings settings) {
    this.session = session;
    this.settings = settings;
    this.errors = new Errors(settings);
  }

  /**
   * The cluster.
   *
   * @param version of the node that answers
   * @param up nodes that are not known to be down, of {@code nodes}
   */
  public record Cluster(String version, int up, int nodes) {}

  /**
   * What this version of the software finds of its schema.
   *
   * @param keyspace whether it is there
   * @param missing migrations that are yet to be applied
   * @param newer migrations that a newer version applied
   */
  public record SchemaState(boolean keyspace, List<String> missing, List<String> newer) {
    public SchemaState {
      missing = List.copyOf(missing);
      newer = List.copyOf(newer);
    }
  }

  /**
   * Connects, once.
   *
   * @param patience for each step of it
   * @throws StoreException when Cassandra does not answer, refuses the user, or has no such data
   *     centre
   */
  public static StoreProbe open(StoreSettings settings, Duration patience) {
    return new StoreProbe(new SessionOpener(settings, patience).openWithoutKeyspace(), settings);
  }

  /** Which Cassandra answers. */
  public Cluster cluster() {
    Row row = one("asking Cassandra for its version", "SELECT release_version FROM system.local");
    Collection<Node> nodes = session.getMetadata().getNodes().values();
    long down = nodes.stream().filter(n -> n.getState() == NodeState.DOWN).count();
    return new Cluster(row.getString(0), (int) (nodes.size() - down), nodes.size());
  }

  /** Whether all nodes that are up have the same schema. */
  public boolean schemaAgreed() {
    return asking("asking for schema agreement", session::checkSchemaAgreement);
  }

  /** What of the schema is there. */
  public SchemaState schema() {
    Set<String> applied = Set.of();
    boolean keyspace = asking("looking for the keyspace", this::hasKeyspace);
    if (keyspace) {
      applied =
          asking(
              "asking for the schema's version",
              () -> SchemaMigrator.applied(session, settings.keyspace() + "."));
    }
    Set<String> known = applied;
    return new SchemaState(
        keyspace,
        Schema.MIGRATIONS.stream().filter(migration -> !known.contains(migration)).toList(),
        applied.stream().filter(migration -> !Schema.MIGRATIONS.contains(migration)).toList());
  }

  /**
   * Whether this user may read and write: a conditional delete of a row that is not there, which
   * takes both rights, reaches a quorum, and writes nothing. Only where a schema is.
   *
   * @throws StoreException saying which right is lacking
   */
  public void readAndWrite() {
    one(
        "reading and writing",
        "DELETE FROM %s.%s WHERE name = 'doctor' IF EXISTS"
            .formatted(settings.keyspace(), Schema.SCHEMA_LOCK));
  }

  /**
   * Whether this user may create tables, as migrations of later versions do: creates one that is
   * there. Only where a schema is.
   *
   * @throws StoreException saying which right is lacking
   */
  public void create() {
    asking(
        "creating tables",
        () ->
            session.execute(
                SchemaMigrator.lockTable(settings.keyspace() + ".", settings.keyspace())));
  }

  private boolean hasKeyspace() {
    // Unquoted names are in lower case.
    SimpleStatement look =
        SimpleStatement.newInstance(
            "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
            settings.keyspace().toLowerCase(Locale.ROOT));
    return session.execute(look).one() != null;
  }

  private Row one(String doing, String cql) {
    return asking(doing, () -> session.execute(cql).one());
  }

  private <T> T asking(String doing, java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (DriverException e) {
      throw errors.translated(doing, e);
    }
  }

  /** Does not wait: a session that hangs must not hold up who looks at it. */
  @Override
  public void close() {
    session.forceCloseAsync();
  }
}
