package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

final class CassandraStanding implements StandingStore {
  private static final WireNames<FlagKind> KINDS =
      WireNames.lenient(FlagKind.class, FlagKind.OTHER);

  private final Statements statements;
  private final PreparedStatement note;
  private final PreparedStatement strikes;
  private final PreparedStatement clear;
  private final PreparedStatement put;
  private final PreparedStatement origins;

  CassandraStanding(Statements statements) {
    this.statements = statements;
    note =
        statements.prepare(
            "INSERT INTO "
                + Schema.STRIKE_BY_AGENT
                + " (agent_id, kind, report_id, at, evidence) VALUES (?, ?, ?, ?, ?)");
    strikes = statements.prepare("SELECT * FROM " + Schema.STRIKE_BY_AGENT);
    clear = statements.prepare("DELETE FROM " + Schema.STRIKE_BY_AGENT + " WHERE agent_id = ?");
    put =
        statements.prepare(
            "INSERT INTO "
                + Schema.LINE_BY_AGENT
                + " (agent_id, address, prefix, since, reported_at)"
                + " VALUES (:agent_id, :address, :prefix, :since, :reported_at)");
    origins = statements.prepare("SELECT * FROM " + Schema.LINE_BY_AGENT);
  }

  @Override
  public CompletionStage<Void> note(Strike strike) {
    return statements
        .runAsync(
            "noting a report that cannot be of agent " + strike.agentId(),
            note.bind(
                strike.agentId(),
                strike.kind().wireName(),
                strike.reportId(),
                strike.at(),
                strike.evidence()))
        .thenAccept(done -> {});
  }

  @Override
  public List<Strike> strikes() {
    List<Strike> all = new ArrayList<>();
    statements.each(
        "reading reports that cannot be",
        List.of(strikes.bind()),
        row ->
            all.add(
                new Strike(
                    row.getString("agent_id"),
                    KINDS.get(row.getString("kind")),
                    row.getUuid("report_id"),
                    row.getInstant("at"),
                    row.getString("evidence"))));
    return all;
  }

  @Override
  public void clear(String agentId) {
    statements.run("clearing the flags of agent " + agentId, clear.bind(agentId));
  }

  @Override
  public CompletionStage<Void> put(AgentOrigin origin) {
    BoundStatementBuilder statement =
        put.boundStatementBuilder()
            .setString("agent_id", origin.agentId())
            .setString("address", origin.address())
            .setString("prefix", origin.prefix())
            .setInstant("since", origin.since());
    statement = Columns.set(statement, "reported_at", origin.reportedAt(), Instant.class);
    return statements
        .runAsync("storing where agent " + origin.agentId() + " is", statement.build())
        .thenAccept(done -> {});
  }

  @Override
  public List<AgentOrigin> origins() {
    List<AgentOrigin> all = new ArrayList<>();
    statements.each(
        "reading where agents are",
        List.of(origins.bind()),
        row ->
            all.add(
                new AgentOrigin(
                    row.getString("agent_id"),
                    row.getString("address"),
                    row.getString("prefix"),
                    row.getInstant("since"),
                    Columns.get(row, "reported_at", Instant.class))));
    return all;
  }
}
