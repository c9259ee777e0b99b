package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Notes which hours have new measurements, so that indexes read them again. Notes of an hour that
 * are asked for while one is being written share the next one. While many do, a moment passes
 * between two: a few notes a second are enough then. Thread-safe.
 */
final class DirtyHours {
  static final String KIND = "measurement";

  /** So many share a note only when much comes; who does one after the other never waits. */
  private static final int MANY = 8;

  private static final Executor A_MOMENT =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, Runnable::run);

  /** As many as may wait for one note. */
  private static final int MOST_TOGETHER = 10_000;

  /**
   * Each process has a row of its own: the timestamps of one session rise, whatever the clocks of
   * the others say, so that a note that was read can be deleted and a later one stays.
   */
  private final UUID writer = UUID.randomUUID();

  private final Statements statements;
  private final PreparedStatement insert;
  private final GroupedTurns<Instant, Note, Void> turns;

  /** One who wants an hour noted; none is equal to another. */
  private static final class Note {
    private final Instant hour;

    private Note(Instant hour) {
      this.hour = hour;
    }
  }

  DirtyHours(Statements statements) {
    this.statements = statements;
    insert =
        statements.prepare(
            "INSERT INTO "
                + Schema.DIRTY_HOUR
                + " (kind, hour, writer, noted) VALUES (:kind, :hour, :writer, true)");
    turns = new GroupedTurns<>(MOST_TOGETHER, note -> note, this::write);
  }

  /** Notes a slot's hour; to be called once the rows are written, and waited for before the ack. */
  CompletionStage<Void> note(Instant slot) {
    Instant hour = Schema.hour(slot);
    return turns.add(hour, new Note(hour));
  }

  private CompletionStage<Void> write(List<GroupedTurns.Waiting<Note, Void>> group) {
    Instant hour = group.get(0).item().hour;
    CompletionStage<Void> written =
        statements
            .runAsync("noting that the hour " + hour + " changed", insert.bind(KIND, hour, writer))
            .thenAccept(done -> group.forEach(waiting -> waiting.done(null)));
    return group.size() < MANY ? written : written.thenRunAsync(() -> {}, A_MOMENT);
  }
}
