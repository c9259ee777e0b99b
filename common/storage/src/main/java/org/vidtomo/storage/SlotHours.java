package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Which hours have measurements, so that readers pass over the empty ones. Thread-safe. */
final class SlotHours {
  private static final String KIND = "measurement";

  /** Hours that this process has noted; begun anew when so many, since it only saves writes. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final Set<Instant> noted = ConcurrentHashMap.newKeySet();

  SlotHours(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO " + Schema.SLOT_HOUR + " (kind, hour) VALUES (:kind, :hour)");
    select =
        statements.prepare(
            "SELECT hour FROM "
                + Schema.SLOT_HOUR
                + " WHERE kind = :kind AND hour >= :earliest AND hour <= :latest");
  }

  /** Notes a slot's hour; to be done before a row is written there. */
  CompletionStage<Void> note(Instant slot) {
    Instant hour = Schema.hour(slot);
    if (noted.contains(hour)) {
      return CompletableFuture.completedFuture(null);
    }
    return statements
        .runAsync("noting the hour " + hour, insert.bind(KIND, hour))
        .thenAccept(
            done -> {
              if (noted.size() >= MOST_REMEMBERED) {
                noted.clear();
              }
              noted.add(hour);
            });
  }

  /** The hours with measurements among those of two slots, both included, the latest first. */
  List<Instant> between(Instant from, Instant to) {
    List<Instant> hours = new ArrayList<>();
    statements.each(
        "reading the hours with measurements",
        List.of(select.bind(KIND, Schema.hour(from), Schema.hour(to))),
        row -> hours.add(row.getInstant("hour")));
    return hours;
  }
}
