package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.Optional;

final class CassandraLeader implements LeaderStore {
  private static final String COORDINATOR = "coordinator";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Statements statements;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  CassandraLeader(Statements statements) {
    this.statements = statements;
    String table = Schema.LEADER_BY_NAME;
    select = statements.prepare("SELECT term, owner, renewal FROM " + table + " WHERE name = ?");
    insert =
        statements.prepareConditional(
            "INSERT INTO "
                + table
                + " (name, term, owner, renewal) VALUES (?, ?, ?, ?)"
                + " IF NOT EXISTS");
    update =
        statements.prepareConditional(
            "UPDATE "
                + table
                + " SET term = ?, owner = ?, renewal = ? WHERE name = ?"
                + " IF term = ? AND renewal = ?");
  }

  @Override
  public Optional<Leader> find() {
    BoundStatement read =
        select
            .bind(COORDINATOR)
            .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
            .setTimeout(TIMEOUT);
    Row row = statements.run("reading which coordinator leads", read).one();
    return Optional.ofNullable(row)
        .map(r -> new Leader(r.getLong("term"), r.getString("owner"), r.getUuid("renewal")));
  }

  @Override
  public boolean replace(Optional<Leader> seen, Leader next) {
    BoundStatement change =
        seen.map(
                before ->
                    update.bind(
                        next.term(),
                        next.owner(),
                        next.renewal(),
                        COORDINATOR,
                        before.term(),
                        before.renewal()))
            .orElseGet(() -> insert.bind(COORDINATOR, next.term(), next.owner(), next.renewal()));
    return statements
        .run("noting which coordinator leads", change.setTimeout(TIMEOUT))
        .wasApplied();
  }
}
