package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.core.task.TaskState.CANCELLED;
import static org.vidtomo.core.task.TaskState.DONE;
import static org.vidtomo.core.task.TaskState.EXPIRED;
import static org.vidtomo.core.task.TaskState.PLANNED;
import static org.vidtomo.core.task.TaskState.QUEUED;
import static org.vidtomo.core.task.TaskState.RUNNING;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

class TasksTest {
  private static final Instant SLOT = Instant.parse("2026-11-21T10:15:30.123Z");
  private static final OptionalInt ANY = OptionalInt.empty();

  private final TaskStore tasks = TestStore.shared().tasks();
  private final UUID campaign = UUID.randomUUID();

  private TaskRow planned(int position) {
    return TaskRow.planned(
        new TaskKey(campaign, 0, UUID.randomUUID()),
        0,
        position,
        "Provider A",
        0,
        new Seed(position, "http://example.org/" + position, "page", "page:" + position),
        SLOT,
        SLOT.plusSeconds(86_400));
  }

  private TaskRow stored() {
    TaskRow task = planned(0);
    tasks.insertPlanned(List.of(task)).toCompletableFuture().join();
    return task;
  }

  private TaskRow find(TaskRow task) {
    return tasks.find(task.key()).toCompletableFuture().join().orElseThrow();
  }

  private Transition move(TaskRow task, Set<TaskState> expected, TaskChange change) {
    return tasks.transition(task.key(), expected, ANY, change).toCompletableFuture().join();
  }

  private static TaskChange done(int attempt, Outcome outcome, Optional<FailureKind> kind) {
    return TaskChange.done(attempt, new UUID(0, attempt), outcome, kind);
  }

  @Test
  void plannedTask_comesBackAsStored() {
    TaskRow task = stored();
    assertThat(find(task)).isEqualTo(task);
  }

  @Test
  void unknownTask_isEmptyAndMovesNowhere() {
    TaskRow task = planned(0);
    assertThat(tasks.find(task.key()).toCompletableFuture().join()).isEmpty();
    assertThat(move(task, Set.of(PLANNED), TaskChange.to(CANCELLED)))
        .isEqualTo(new Transition(false, Optional.empty()));
    assertThat(tasks.find(task.key()).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void transition_writesWhatItCarriesAndKeepsTheRest() {
    TaskRow task = stored();
    Instant lease = SLOT.plusSeconds(600);
    assertThat(move(task, Set.of(PLANNED), TaskChange.assigned(1, "a1", lease)).applied()).isTrue();
    assertThat(move(task, Set.of(QUEUED), TaskChange.to(RUNNING)).applied()).isTrue();
    assertThat(
            move(
                    task,
                    Set.of(QUEUED, RUNNING, EXPIRED),
                    done(1, Outcome.FAILED, Optional.of(FailureKind.DEADLINE)))
                .applied())
        .isTrue();
    TaskRow found = find(task);
    assertThat(found.state()).isEqualTo(DONE);
    assertThat(found.agentId()).contains("a1");
    assertThat(found.leaseUntil()).contains(lease);
    assertThat(found.attempt()).isEqualTo(1);
    assertThat(found.countedAttempt()).contains(1);
    assertThat(found.outcome()).contains(Outcome.FAILED);
    assertThat(found.failureKind()).contains(FailureKind.DEADLINE);
    assertThat(found.reportId()).contains(new UUID(0, 1));
    assertThat(found.url()).isEqualTo(task.url());
  }

  @Test
  void transition_isRefusedFromAnotherState() {
    TaskRow task = stored();
    assertThat(move(task, Set.of(QUEUED, RUNNING), TaskChange.to(EXPIRED)))
        .isEqualTo(new Transition(false, Optional.of(PLANNED)));
    assertThat(find(task)).isEqualTo(task);
  }

  @Test
  void transition_isRefusedOfAnotherAttempt() {
    TaskRow task = stored();
    move(task, Set.of(PLANNED), TaskChange.assigned(2, "a1", SLOT));
    assertThat(
            tasks
                .transition(task.key(), Set.of(QUEUED), OptionalInt.of(1), TaskChange.to(RUNNING))
                .toCompletableFuture()
                .join())
        .isEqualTo(new Transition(false, Optional.of(QUEUED)));
    assertThat(
            tasks
                .transition(task.key(), Set.of(QUEUED), OptionalInt.of(2), TaskChange.to(RUNNING))
                .toCompletableFuture()
                .join()
                .applied())
        .isTrue();
  }

  @Test
  void planningAgain_doesNotTouchWhatHappenedSince() {
    TaskRow task = stored();
    move(task, Set.of(PLANNED), TaskChange.assigned(1, "a1", SLOT));
    tasks.insertPlanned(List.of(task)).toCompletableFuture().join();
    assertThat(find(task).state()).isEqualTo(QUEUED);
    assertThat(find(task).attempt()).isEqualTo(1);
  }

  @Test
  void racingTransitions_applyOnce() {
    Store other = TestStore.open(TestStore.sharedSettings());
    try (other) {
      for (int round = 0; round < 20; round++) {
        TaskRow task = stored();
        List<CompletableFuture<Transition>> racing =
            IntStream.range(0, 6)
                .mapToObj(
                    i ->
                        (i % 2 == 0 ? tasks : other.tasks())
                            .transition(
                                task.key(),
                                Set.of(PLANNED),
                                ANY,
                                TaskChange.assigned(1, "agent-" + i, SLOT))
                            .toCompletableFuture())
                .toList();
        List<Transition> results = racing.stream().map(CompletableFuture::join).toList();
        assertThat(results).filteredOn(Transition::applied).hasSize(1);
        int winner =
            IntStream.range(0, 6).filter(i -> results.get(i).applied()).findFirst().orElse(-1);
        assertThat(find(task).agentId()).contains("agent-" + winner);
        assertThat(results)
            .filteredOn(r -> !r.applied())
            .allMatch(r -> r.current().equals(Optional.of(QUEUED)));
      }
    }
  }

  @Test
  void manyTransitionsInOnePartition_allApply() {
    List<TaskRow> many = IntStream.range(0, 1_000).mapToObj(this::planned).toList();
    tasks.insertPlanned(many).toCompletableFuture().join();
    List<CompletableFuture<Transition>> moves =
        many.stream()
            .map(
                task ->
                    tasks
                        .transition(task.key(), Set.of(PLANNED), ANY, TaskChange.to(CANCELLED))
                        .toCompletableFuture())
            .toList();
    assertThat(moves).allMatch(move -> move.join().applied());
  }

  /** Planned tasks, not stored, whose rows are in one partition. */
  static List<TaskRow> ofOnePartition(UUID campaign, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                TaskRow.planned(
                    new TaskKey(campaign, 0, new UUID(i, 64L * i)),
                    0,
                    i,
                    "Provider A",
                    0,
                    new Seed(i, "http://example.org/" + i, "page", "page:" + i),
                    SLOT,
                    SLOT.plusSeconds(86_400)))
        .toList();
  }

  private CompletableFuture<Transition> begin(TaskRow task, TaskState expected, TaskChange to) {
    return tasks.transition(task.key(), Set.of(expected), ANY, to).toCompletableFuture();
  }

  @Test
  void transitionsOfOnePartition_areAnsweredEachForItself() {
    List<TaskRow> rows = ofOnePartition(campaign, 60);
    tasks.insertPlanned(rows.subList(0, 50)).toCompletableFuture().join();
    rows.subList(0, 20).forEach(row -> move(row, Set.of(PLANNED), TaskChange.to(CANCELLED)));

    List<CompletableFuture<Transition>> moves =
        rows.stream().map(row -> begin(row, PLANNED, TaskChange.assigned(1, "a1", SLOT))).toList();

    for (int i = 0; i < rows.size(); i++) {
      assertThat(moves.get(i).join())
          .isEqualTo(
              i < 20
                  ? new Transition(false, Optional.of(CANCELLED))
                  : new Transition(i < 50, Optional.empty()));
    }
    assertThat(rows.subList(0, 20)).allMatch(row -> find(row).state() == CANCELLED);
    assertThat(rows.subList(20, 50)).allMatch(row -> find(row).agentId().equals(Optional.of("a1")));
    assertThat(rows.subList(50, 60))
        .allMatch(row -> tasks.find(row.key()).toCompletableFuture().join().isEmpty());
  }

  @Test
  void transitionsOfOneTask_keepTheirOrderAmongOthers() {
    List<TaskRow> rows = ofOnePartition(campaign, 40);
    tasks.insertPlanned(rows).toCompletableFuture().join();
    List<CompletableFuture<Transition>> moves = new ArrayList<>();
    for (TaskRow row : rows) {
      moves.add(begin(row, PLANNED, TaskChange.assigned(1, "a1", SLOT)));
      moves.add(begin(row, QUEUED, TaskChange.to(RUNNING)));
      moves.add(begin(row, RUNNING, done(1, Outcome.OK, Optional.empty())));
    }
    assertThat(moves).allMatch(move -> move.join().applied());
    assertThat(rows).allMatch(row -> find(row).state() == DONE);
  }

  @Test
  void reportsOfLowerAttemptsTogether_takeTheOthersPlaceOnlyWhereTheyMay() {
    List<TaskRow> rows = ofOnePartition(campaign, 40);
    tasks.insertPlanned(rows).toCompletableFuture().join();
    Set<TaskState> any = Set.of(PLANNED, DONE);
    for (int i = 0; i < rows.size(); i++) {
      move(rows.get(i), any, done(i % 2 == 0 ? 3 : 1, Outcome.FAILED, Optional.empty()));
    }
    List<CompletableFuture<Transition>> moves =
        rows.stream()
            .map(
                row ->
                    tasks
                        .transition(row.key(), any, ANY, done(2, Outcome.OK, Optional.empty()))
                        .toCompletableFuture())
            .toList();
    for (int i = 0; i < rows.size(); i++) {
      assertThat(moves.get(i).join().applied()).isEqualTo(i % 2 == 0);
      assertThat(find(rows.get(i)).countedAttempt()).contains(i % 2 == 0 ? 2 : 1);
    }
  }

  @Test
  void batchesOfTwoProcessesThatRace_moveEachTaskOnce() {
    List<TaskRow> rows = ofOnePartition(campaign, 100);
    tasks.insertPlanned(rows).toCompletableFuture().join();
    try (Store other = TestStore.open(TestStore.sharedSettings())) {
      List<CompletableFuture<Transition>> ours =
          rows.stream()
              .map(row -> begin(row, PLANNED, TaskChange.assigned(1, "ours", SLOT)))
              .toList();
      List<CompletableFuture<Transition>> theirs =
          rows.stream()
              .map(
                  row ->
                      other
                          .tasks()
                          .transition(
                              row.key(),
                              Set.of(PLANNED),
                              ANY,
                              TaskChange.assigned(1, "theirs", SLOT))
                          .toCompletableFuture())
              .toList();
      for (int i = 0; i < rows.size(); i++) {
        boolean isOurs = ours.get(i).join().applied();
        assertThat(theirs.get(i).join().applied()).isEqualTo(!isOurs);
        assertThat(find(rows.get(i)).agentId()).contains(isOurs ? "ours" : "theirs");
      }
    }
  }

  @Test
  void lateReport_movesAnExpiredTaskToDoneOnce() {
    TaskRow task = stored();
    move(task, Set.of(PLANNED), TaskChange.to(EXPIRED));
    Set<TaskState> open = Set.of(QUEUED, RUNNING, EXPIRED);
    assertThat(move(task, open, done(1, Outcome.OK, Optional.empty())).applied()).isTrue();
    assertThat(move(task, open, done(1, Outcome.OK, Optional.empty())))
        .isEqualTo(new Transition(false, Optional.of(DONE)));
  }

  @Test
  void reportOfALowerAttempt_takesTheOthersPlaceAndNotViceVersa() {
    TaskRow task = stored();
    Set<TaskState> any = Set.of(PLANNED, QUEUED, RUNNING, EXPIRED, DONE);
    Optional<FailureKind> reset = Optional.of(FailureKind.CONNECTION_RESET);
    assertThat(move(task, any, done(2, Outcome.FAILED, reset)).applied()).isTrue();
    assertThat(move(task, any, done(3, Outcome.OK, Optional.empty())).applied()).isFalse();
    assertThat(move(task, any, done(2, Outcome.FAILED, reset)).applied()).isFalse();
    assertThat(move(task, any, done(1, Outcome.OK, Optional.empty())).applied()).isTrue();
    TaskRow found = find(task);
    assertThat(found.countedAttempt()).contains(1);
    assertThat(found.reportId()).contains(new UUID(0, 1));
    assertThat(found.outcome()).contains(Outcome.OK);
    assertThat(found.failureKind()).isEmpty();
  }

  @Test
  void scan_givesEveryTaskOfTheCycleOnce() {
    List<TaskRow> many = IntStream.range(0, 3_000).mapToObj(this::planned).toList();
    tasks.insertPlanned(many).toCompletableFuture().join();
    TaskRow otherCycle =
        TaskRow.planned(
            new TaskKey(campaign, 1, UUID.randomUUID()),
            0,
            0,
            "Provider A",
            0,
            new Seed(0, "http://example.org/", "page", "page:0"),
            SLOT,
            SLOT);
    tasks.insertPlanned(List.of(otherCycle)).toCompletableFuture().join();
    List<TaskRow> found = new ArrayList<>();
    tasks.scan(campaign, 0, found::add);
    assertThat(found).containsExactlyInAnyOrderElementsOf(many);
  }
}
