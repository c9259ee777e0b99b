package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.network.ProviderSource;

final class CassandraAgents implements AgentStore {
  private static final WireNames<ProviderSource> SOURCES =
      WireNames.lenient(ProviderSource.class, ProviderSource.AGENT);

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement insertByKey;
  private final PreparedStatement select;
  private final PreparedStatement selectByKey;
  private final PreparedStatement selectAll;
  private final PreparedStatement revoke;

  CassandraAgents(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.AGENT_BY_ID
                + " (id, key_id, public_key, queue, provider, enrolled_at, provider_by) VALUES"
                + " (:id, :key_id, :public_key, :queue, :provider, :enrolled_at, :provider_by)");
    insertByKey =
        // A key is public: whoever enrols with another's does not take its place.
        statements.prepareConditional(
            "INSERT INTO "
                + Schema.AGENT_BY_KEY
                + " (key_id, agent_id) VALUES (?, ?) IF NOT EXISTS");
    select = statements.prepare("SELECT * FROM " + Schema.AGENT_BY_ID + " WHERE id = ?");
    selectByKey =
        statements.prepare("SELECT agent_id FROM " + Schema.AGENT_BY_KEY + " WHERE key_id = ?");
    selectAll = statements.prepare("SELECT * FROM " + Schema.AGENT_BY_ID);
    revoke =
        statements.prepare("UPDATE " + Schema.AGENT_BY_ID + " SET revoked_at = ? WHERE id = ?");
  }

  @Override
  public void insert(EnrolledAgent agent) {
    BoundStatementBuilder statement =
        insert
            .boundStatementBuilder()
            .setString("id", agent.id())
            .setString("key_id", agent.keyId())
            .setString("public_key", agent.publicKey())
            .setString("queue", agent.queue())
            .setInstant("enrolled_at", agent.enrolledAt());
    statement = Columns.set(statement, "provider", agent.provider(), String.class);
    statement =
        Columns.set(
            statement,
            "provider_by",
            agent.providerBy().map(ProviderSource::wireName),
            String.class);
    // The agent first: a key that leads nowhere would be worse than an agent without a key.
    statements.run("storing agent " + agent.id(), statement.build());
    statements.run(
        "storing the key of agent " + agent.id(), insertByKey.bind(agent.keyId(), agent.id()));
    agent.revokedAt().ifPresent(at -> revoke(agent.id(), at));
  }

  @Override
  public Optional<EnrolledAgent> find(String id) {
    return Optional.ofNullable(statements.run("reading agent " + id, select.bind(id)).one())
        .map(CassandraAgents::agent);
  }

  @Override
  public Optional<EnrolledAgent> findByKey(String keyId) {
    return Optional.ofNullable(
            statements.run("reading agent key " + keyId, selectByKey.bind(keyId)).one())
        .flatMap(row -> find(row.getString("agent_id")));
  }

  @Override
  public List<EnrolledAgent> list() {
    List<EnrolledAgent> all = new ArrayList<>();
    statements.each("listing agents", List.of(selectAll.bind()), row -> all.add(agent(row)));
    all.sort(Comparator.comparing(EnrolledAgent::enrolledAt).thenComparing(EnrolledAgent::id));
    return all;
  }

  @Override
  public void revoke(String id, Instant at) {
    statements.run("revoking agent " + id, revoke.bind(at, id));
  }

  private static EnrolledAgent agent(Row row) {
    return new EnrolledAgent(
        row.getString("id"),
        row.getString("key_id"),
        row.getString("public_key"),
        row.getString("queue"),
        Columns.get(row, "provider", String.class),
        row.getInstant("enrolled_at"),
        Columns.get(row, "revoked_at", Instant.class),
        Columns.get(row, "provider_by", String.class).map(SOURCES::get));
  }
}
