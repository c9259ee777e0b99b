package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class CassandraInvites implements InviteStore {
  /** More than clocks differ. */
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectAll;
  private final PreparedStatement use;
  private final PreparedStatement delete;

  CassandraInvites(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepareConditional(
            "INSERT INTO "
                + Schema.INVITE_BY_TOKEN
                + " (token_hash, uses_left, expires_at, provider) VALUES"
                + " (:token_hash, :uses_left, :expires_at, :provider)"
                + " IF NOT EXISTS USING TTL :ttl");
    select =
        statements.prepare("SELECT * FROM " + Schema.INVITE_BY_TOKEN + " WHERE token_hash = ?");
    selectAll = statements.prepare("SELECT * FROM " + Schema.INVITE_BY_TOKEN);
    use =
        statements.prepareConditional(
            "UPDATE "
                + Schema.INVITE_BY_TOKEN
                + " USING TTL ? SET uses_left = ? WHERE token_hash = ? IF uses_left = ?");
    // Conditional as a use is: of two that race the later one sees what the first did.
    delete =
        statements.prepareConditional(
            "DELETE FROM " + Schema.INVITE_BY_TOKEN + " WHERE token_hash = ? IF EXISTS");
  }

  @Override
  public void insert(Invite invite, Instant now) {
    BoundStatementBuilder statement =
        insert
            .boundStatementBuilder()
            .setString("token_hash", invite.tokenHash())
            .setInt("uses_left", invite.usesLeft())
            .setInstant("expires_at", invite.expiresAt())
            .setInt("ttl", seconds(invite, now));
    statement = Columns.set(statement, "provider", invite.provider(), String.class);
    statements.run("storing an invite", statement.build());
  }

  @Override
  public Optional<Invite> redeem(String tokenHash, Instant now) {
    Optional<Invite> invite = find(tokenHash);
    while (invite.isPresent() && usable(invite.get(), now)) {
      int left = invite.get().usesLeft();
      int ttl = seconds(invite.get(), now);
      if (statements
          .run("using an invite", use.bind(ttl, left - 1, tokenHash, left))
          .wasApplied()) {
        return invite;
      }
      // Someone else used it in between: each turn sees fewer uses, so this ends.
      invite = find(tokenHash);
    }
    return Optional.empty();
  }

  @Override
  public List<Invite> list() {
    List<Invite> invites = new ArrayList<>();
    statements.each(
        "listing invites", List.of(selectAll.bind()), row -> invite(row).ifPresent(invites::add));
    return invites;
  }

  @Override
  public boolean revoke(String tokenHash) {
    return statements.run("taking an invite back", delete.bind(tokenHash)).wasApplied();
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
    return Optional.ofNullable(row).flatMap(CassandraInvites::invite);
  }

  /** For how long it is stored from now on. */
  private static int seconds(Invite invite, Instant now) {
    return (int) Math.max(1, Duration.between(now, invite.expiresAt().plus(KEPT_FOR)).toSeconds());
  }

  /** Empty: all but the uses, which were written later, is forgotten already. */
  private static Optional<Invite> invite(Row row) {
    if (row.isNull("expires_at")) {
      return Optional.empty();
    }
    return Optional.of(
        new Invite(
            row.getString("token_hash"),
            row.getInt("uses_left"),
            row.getInstant("expires_at"),
            Columns.get(row, "provider", String.class)));
  }
}
