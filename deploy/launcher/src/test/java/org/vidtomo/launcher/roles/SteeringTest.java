package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Measurement;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testsite.IspView;

/** Pausing, resuming and cancelling while agents measure and hold two tasks more each. */
class SteeringTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration EFFECTIVE = Duration.ofSeconds(10);
  private static final Duration MEASUREMENT = Duration.ofSeconds(6);
  private static final int AGENTS = 2;

  private final SlowRoles slow = SlowRoles.shared();
  private final RoleProcesses roles = slow.roles();
  private final IspView isp = slow.isp();
  private final List<ChildJvm> agents = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    for (int line = 0; line < AGENTS; line++) {
      agents.add(slow.agent(isp, line));
    }
  }

  @AfterEach
  void stop() {
    agents.forEach(ChildJvm::close);
  }

  @Test
  void nothing_is_begun_ten_seconds_after_a_pause_and_nothing_queued_runs_after_a_cancel()
      throws Exception {
    UUID campaign = slow.submit(isp, 30, MEASUREMENT, Duration.ofMinutes(10));

    awaitAllBusy(campaign);
    Instant paused = steer(campaign, "pause");
    awaitStandstill(campaign, paused);
    assertThat(roles.tasks(campaign)).noneMatch(row -> row.state() == TaskState.RUNNING);
    assertThat(counts(campaign).path("queued").asInt()).isPositive();

    Instant resumed = steer(campaign, "resume");
    awaitAllBusy(campaign);
    Instant cancelled = steer(campaign, "cancel");
    await().atMost(EFFECTIVE).until(() -> counts(campaign).path("queued").asInt() == 0);
    awaitStandstill(campaign, cancelled);

    assertThat(roles.tasks(campaign))
        .hasSize(30)
        .allMatch(row -> row.state() == TaskState.DONE || row.state() == TaskState.CANCELLED);
    assertThat(counts(campaign).path("done").asInt()).isBetween(AGENTS, 10);
    List<Measurement> stored = roles.measurements(campaign);
    assertThat(stored).hasSize(counts(campaign).path("done").asInt());
    assertThat(stored)
        .extracting(Measurement::startedAt)
        .noneMatch(at -> at.isAfter(paused.plus(EFFECTIVE)) && at.isBefore(resumed))
        .noneMatch(at -> at.isAfter(cancelled.plus(EFFECTIVE)))
        .anyMatch(at -> at.isAfter(resumed));
  }

  private Instant steer(UUID campaign, String how) throws Exception {
    Instant asked = Instant.now();
    roles.steer(campaign, how);
    return asked;
  }

  /** Each agent measures, and two more tasks wait in its queue. */
  private void awaitAllBusy(UUID campaign) {
    await()
        .atMost(LONG)
        .until(() -> counts(campaign).path("running").asInt() == AGENTS && queued() == 2L * AGENTS);
  }

  /** Queues are empty soon, what is being measured ends, and for long enough nothing begins. */
  private void awaitStandstill(UUID campaign, Instant since) throws Exception {
    await().atMost(EFFECTIVE).until(() -> queued() == 0);
    await().atMost(LONG).until(() -> counts(campaign).path("running").asInt() == 0);
    int done = counts(campaign).path("done").asInt();
    Duration left = Duration.between(Instant.now(), since.plus(EFFECTIVE).plusSeconds(3));
    await()
        .during(left.isNegative() ? Duration.ofSeconds(3) : left)
        .atMost(LONG)
        .until(
            () ->
                queued() == 0
                    && counts(campaign).path("running").asInt() == 0
                    && counts(campaign).path("done").asInt() == done);
  }

  private long queued() throws Exception {
    long messages = 0;
    for (int line = 0; line < AGENTS; line++) {
      messages += roles.queued(SlowRoles.name(isp, line));
    }
    return messages;
  }

  private JsonNode counts(UUID campaign) throws Exception {
    return roles.campaign(campaign).path("counts");
  }
}
