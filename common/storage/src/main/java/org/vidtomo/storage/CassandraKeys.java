package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;

final class CassandraKeys implements KeyStore {
  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  CassandraKeys(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.COORDINATOR_KEY_BY_ID
                + " (key_id, public_key, certificate) VALUES (?, ?, ?)");
    select =
        statements.prepare("SELECT * FROM " + Schema.COORDINATOR_KEY_BY_ID + " WHERE key_id = ?");
  }

  @Override
  public void put(CoordinatorKey key) {
    statements.run(
        "storing coordinator key " + key.keyId(),
        insert.bind(key.keyId(), key.publicKey(), key.certificate()));
  }

  @Override
  public Optional<CoordinatorKey> find(String keyId) {
    Row row = statements.run("reading coordinator key " + keyId, select.bind(keyId)).one();
    return row == null
        ? Optional.empty()
        : Optional.of(
            new CoordinatorKey(keyId, row.getString("public_key"), row.getString("certificate")));
  }
}
