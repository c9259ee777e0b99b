package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.wire.WireName;

/** The conditional updates of task rows, and what the rows say that they return. */
final class TaskMoveStatements {
  static final Transition APPLIED = new Transition(true, Optional.empty());

  private static final String OF_ATTEMPT = " AND attempt = :expected_attempt";
  private static final String OF_LATER_REPORT = " AND counted_attempt > :counted";

  private final Statements statements;
  private final PreparedStatement change;
  private final PreparedStatement changeOfAttempt;
  private final PreparedStatement recount;
  private final PreparedStatement recountOfAttempt;

  TaskMoveStatements(Statements statements) {
    this.statements = statements;
    change = update("");
    changeOfAttempt = update(OF_ATTEMPT);
    recount = update(OF_LATER_REPORT);
    recountOfAttempt = update(OF_ATTEMPT + OF_LATER_REPORT);
  }

  private PreparedStatement update(String moreConditions) {
    return statements.prepareConditional(
        "UPDATE "
            + Schema.TASK_BY_CYCLE
            + " SET state = :state, attempt = :attempt, agent_id = :agent_id,"
            + " lease_until = :lease_until, outcome = :outcome,"
            + " failure_kind = :failure_kind, report_id = :report_id,"
            + " counted_attempt = :counted_attempt, change_id = :change_id"
            + CassandraTasks.AT
            + " IF state IN :expected"
            + moreConditions);
  }

  BoundStatement statement(TaskMove move) {
    boolean later = move.lowerAttemptOnly();
    PreparedStatement plain = later ? recount : change;
    PreparedStatement ofAttempt = later ? recountOfAttempt : changeOfAttempt;
    TaskChange to = move.to();
    BoundStatementBuilder statement =
        written(
                CassandraTasks.at(
                    move.expectedAttempt().isPresent() ? ofAttempt : plain, move.key()),
                to,
                move.changeId())
            .setList(
                "expected",
                move.expected().stream().map(WireName::wireName).toList(),
                String.class);
    if (move.expectedAttempt().isPresent()) {
      statement = statement.setInt("expected_attempt", move.expectedAttempt().getAsInt());
    }
    if (later) {
      statement = statement.setInt("counted", to.countedAttempt().orElseThrow());
    }
    if (later && to.failureKind().isEmpty()) {
      // The other report's must not stay.
      statement = statement.setToNull("failure_kind");
    }
    return statement.build();
  }

  private static BoundStatementBuilder written(
      BoundStatementBuilder row, TaskChange to, UUID changeId) {
    BoundStatementBuilder statement =
        row.setString("state", to.state().wireName()).setUuid("change_id", changeId);
    statement = Columns.set(statement, "attempt", to.attempt(), Integer.class);
    statement = Columns.set(statement, "agent_id", to.agentId(), String.class);
    statement = Columns.set(statement, "lease_until", to.leaseUntil(), Instant.class);
    statement = Columns.set(statement, "outcome", word(to.outcome()), String.class);
    statement = Columns.set(statement, "failure_kind", word(to.failureKind()), String.class);
    statement = Columns.set(statement, "report_id", to.reportId(), UUID.class);
    return Columns.set(statement, "counted_attempt", to.countedAttempt(), Integer.class);
  }

  private static Optional<String> word(Optional<? extends WireName> constant) {
    return constant.map(WireName::wireName);
  }

  /** Whether a row of a batch that was not applied is as a change of it expects. */
  static boolean asExpected(TaskMove move, Row row) {
    boolean ofState = state(row).filter(move.expected()::contains).isPresent();
    boolean ofAttempt =
        move.expectedAttempt().isEmpty()
            || Columns.get(row, "attempt", Integer.class)
                .filter(attempt -> attempt == move.expectedAttempt().getAsInt())
                .isPresent();
    boolean ofLaterReport =
        !move.lowerAttemptOnly()
            || Columns.get(row, "counted_attempt", Integer.class)
                .filter(counted -> counted > move.to().countedAttempt().orElseThrow())
                .isPresent();
    return ofState && ofAttempt && ofLaterReport;
  }

  /** What a row that stood in the way says. */
  static Transition refused(Row row) {
    return new Transition(false, state(row));
  }

  private static Optional<TaskState> state(Row row) {
    return row.getColumnDefinitions().contains("state")
        ? Optional.ofNullable(row.getString("state")).map(CassandraTasks.STATES::get)
        : Optional.empty();
  }
}
