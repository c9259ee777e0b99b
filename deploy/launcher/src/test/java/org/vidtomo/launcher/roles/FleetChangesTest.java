package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testsite.IspView;

/** Agents that come, go, and are taken for gone though they are not. */
class FleetChangesTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration NEVER = Duration.ofMinutes(10);

  private final SlowRoles slow = SlowRoles.shared();
  private final RoleProcesses roles = slow.roles();
  private final IspView isp = slow.isp();
  private Optional<ChildJvm> first = Optional.empty();
  private Optional<ChildJvm> second = Optional.empty();

  @AfterEach
  void stop() {
    first.ifPresent(ChildJvm::close);
    second.ifPresent(ChildJvm::close);
  }

  @Test
  void late_report_of_a_task_that_another_did_is_kept_and_one_of_the_two_counts() throws Exception {
    ChildJvm frozen = startFirst();
    startSecond();
    UUID campaign = slow.submit(isp, 4, Duration.ofSeconds(4), NEVER);
    UUID task = awaitRunning(campaign, 0).key().taskId();
    frozen.signal("STOP");

    awaitFinished(campaign);
    TaskRow done = row(campaign, task);
    assertThat(done.countedAttempt()).hasValue(2);
    assertThat(done.agentId()).hasValue(agentId(1));
    UUID inTime = done.reportId().orElseThrow();
    assertThat(report(inTime).path("reportsOfTask")).hasSize(1);
    frozen.signal("CONT");

    await().atMost(LONG).until(() -> report(inTime).path("reportsOfTask").size() == 2);
    UUID late = other(report(inTime).path("reportsOfTask"), inTime);
    // The lowest attempt counts, whatever the order of arrival.
    assertThat(report(late).path("counted").asBoolean()).isTrue();
    assertThat(report(late).path("agent").path("id").asText()).isEqualTo(agentId(0));
    assertThat(report(late).path("assignment").path("attempt").asInt()).isEqualTo(1);
    assertThat(report(inTime).path("counted").asBoolean()).isFalse();
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(row(campaign, task).reportId()).hasValue(late));
    assertThat(roles.campaign(campaign).path("counts").path("done").asInt()).isEqualTo(4);
    assertThat(roles.measurements(campaign))
        .hasSize(4)
        .noneMatch(measurement -> measurement.outcome() == Outcome.EXPIRED);
  }

  @Test
  void late_report_of_an_expired_task_makes_it_done_once() throws Exception {
    ChildJvm frozen = startFirst();
    UUID campaign = slow.submit(isp, 2, Duration.ofSeconds(4), Duration.ofSeconds(15));
    UUID task = awaitRunning(campaign, 0).key().taskId();
    frozen.signal("STOP");

    awaitFinished(campaign);
    assertThat(counts(campaign).path("expired").asInt()).isEqualTo(2);
    frozen.signal("CONT");

    await().atMost(LONG).until(() -> counts(campaign).path("done").asInt() == 1);
    JsonNode counts = counts(campaign);
    assertThat(counts.path("planned").asInt()).isEqualTo(2);
    assertThat(counts.path("expired").asInt()).as(counts.toString()).isEqualTo(1);
    assertThat(row(campaign, task).state()).isEqualTo(TaskState.DONE);
    assertThat(roles.measurements(campaign)).extracting(Measurement::taskId).contains(task);
  }

  @Test
  void agent_that_joins_gets_tasks_and_one_that_leaves_loses_its_own_before_their_leases_end()
      throws Exception {
    ChildJvm leaving = startFirst();
    UUID campaign = slow.submit(isp, 20, Duration.ofSeconds(2), NEVER);
    await().atMost(LONG).until(() -> counts(campaign).path("done").asInt() >= 2);
    startSecond();
    String joined = agentId(1);
    await()
        .atMost(LONG)
        .until(
            () ->
                roles.measurements(campaign).stream()
                    .anyMatch(measured -> measured.agentId().equals(joined)));

    // Read before it is told to go: it gives its tasks back at once.
    Instant lease = awaitRunning(campaign, 0).leaseUntil().orElseThrow();
    leaving.terminate();
    assertThat(leaving.awaitExit(Duration.ofSeconds(15))).isBetween(0, 143);
    await().atMost(LONG).until(() -> held(campaign, 0).isEmpty());
    assertThat(Instant.now()).isBefore(lease);

    awaitFinished(campaign);
    // What it had in hand came back to its queue with the end of its connection.
    await().atMost(LONG).until(() -> roles.queued(SlowRoles.name(isp, 0)) == 0);
    assertThat(roles.tasks(campaign)).hasSize(20).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(roles.measurements(campaign)).hasSize(20);
  }

  private ChildJvm startFirst() throws Exception {
    first = Optional.of(slow.agent(isp, 0));
    return first.get();
  }

  private void startSecond() throws Exception {
    second = Optional.of(slow.agent(isp, 1));
  }

  private TaskRow awaitRunning(UUID campaign, int line) throws Exception {
    String agent = agentId(line);
    return await()
        .atMost(LONG)
        .until(
            () ->
                held(campaign, line).stream()
                    .filter(row -> row.state() == TaskState.RUNNING)
                    .filter(row -> row.agentId().filter(agent::equals).isPresent())
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private List<TaskRow> held(UUID campaign, int line) throws Exception {
    String agent = agentId(line);
    return roles.tasks(campaign).stream()
        .filter(row -> row.state() == TaskState.QUEUED || row.state() == TaskState.RUNNING)
        .filter(row -> row.agentId().filter(agent::equals).isPresent())
        .toList();
  }

  private TaskRow row(UUID campaign, UUID task) throws Exception {
    return roles.tasks(campaign).stream()
        .filter(row -> row.key().taskId().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private static UUID other(JsonNode reports, UUID than) {
    return reports.findValuesAsText("reportId").stream()
        .map(UUID::fromString)
        .filter(id -> !id.equals(than))
        .findFirst()
        .orElseThrow();
  }

  private void awaitFinished(UUID campaign) {
    await()
        .atMost(LONG)
        .until(() -> roles.campaign(campaign).path("state").asText().equals("finished"));
  }

  private JsonNode counts(UUID campaign) throws Exception {
    return roles.campaign(campaign).path("counts");
  }

  private JsonNode report(UUID id) throws Exception {
    return roles.dashboardApi().get("/api/v1/measurements/" + id, JsonNode.class);
  }

  private String agentId(int line) throws Exception {
    return roles.identity(SlowRoles.name(isp, line)).path("agentId").asText();
  }
}
