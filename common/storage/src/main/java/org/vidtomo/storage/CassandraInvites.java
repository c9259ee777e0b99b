package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.Optional;

final class CassandraInvites implements InviteStore {
  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement use;

  CassandraInvites(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepareConditional(
            "INSERT INTO "
                + Schema.INVITE_BY_TOKEN
                + " (token_hash, uses_left, expires_at, provider) VALUES"
                + " (:token_hash, :uses_left, :expires_at, :provider) IF NOT EXISTS");
    select =
        statements.prepare("SELECT * FROM " + Schema.INVITE_BY_TOKEN + " WHERE token_hash = ?");
    use =
        statements.prepareConditional(
            "UPDATE "
                + Schema.INVITE_BY_TOKEN
                + " SET uses_left = ? WHERE token_hash = ? IF uses_left = ?");
  }

  @Override
  public void insert(Invite invite) {
    BoundStatementBuilder statement =
        insert
            .boundStatementBuilder()
            .setString("token_hash", invite.tokenHash())
            .setInt("uses_left", invite.usesLeft())
            .setInstant("expires_at", invite.expiresAt());
    statement = Columns.set(statement, "provider", invite.provider(), String.class);
    statements.run("storing an invite", statement.build());
  }

  @Override
  public Optional<Invite> redeem(String tokenHash, Instant now) {
    Optional<Invite> invite = find(tokenHash);
    while (invite.isPresent() && usable(invite.get(), now)) {
      int left = invite.get().usesLeft();
      if (statements.run("using an invite", use.bind(left - 1, tokenHash, left)).wasApplied()) {
        return invite;
      }
      // Someone else used it in between: each turn sees fewer uses, so this ends.
      invite = find(tokenHash);
    }
    return Optional.empty();
  }

  private static boolean usable(Invite invite, Instant now) {
    return invite.usesLeft() > 0 && now.isBefore(invite.expiresAt());
  }

  private Optional<Invite> find(String tokenHash) {
    Row row =
        statements
            .run(
                "reading an invite",
                // A use taken a moment ago is seen.
                select.bind(tokenHash).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
            .one();
    return row == null
        ? Optional.empty()
        : Optional.of(
            new Invite(
                tokenHash,
                row.getInt("uses_left"),
                row.getInstant("expires_at"),
                Columns.get(row, "provider", String.class)));
  }
}
