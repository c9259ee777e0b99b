package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.StoredReport;

class FirstReportsTest {
  private static final Instant LATE = SLOT.plusSeconds(600 + 1_801);

  private final UUID task = UUID.randomUUID();
  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();
  private final Store store = new Store();

  private FirstReports at(Instant now) {
    return new FirstReports(store, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Assignment attempt(int number, String agent) {
    return ReportFixtures.assignment(UUID.randomUUID(), task, number, agent);
  }

  @Test
  void attempt_isAnsweredOnce_andThatAnswerMayComeOften() throws Exception {
    FirstReports reports = at(SLOT);
    assertThat(reports.check(attempt(1, "agent-1"), first)).isFalse();
    assertThat(reports.check(attempt(1, "agent-1"), first)).as("again").isTrue();
    assertThatThrownBy(() -> reports.check(attempt(1, "agent-1"), second))
        .hasMessageContaining("answered already, by report " + first);
    assertThatCode(() -> reports.check(attempt(2, "agent-1"), second)).doesNotThrowAnyException();
    assertThatCode(() -> reports.check(attempt(1, "agent-2"), second)).doesNotThrowAnyException();
  }

  @Test
  void whileLeasesRun_theStoreIsNotAsked() throws Exception {
    FirstReports reports = at(LATE.minusSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      reports.check(attempt(1 + i, "agent-1"), UUID.randomUUID());
    }
    assertThat(store.asked).isZero();
  }

  @Test
  void attempt_whoseLeaseIsOver_isLookedUp() throws Exception {
    store.reports.add(new ReportReader.TaskReport(1, first, "agent-1", true));
    store.reports.add(
        new ReportReader.TaskReport(Derivation.DECLINED + 2, first, "agent-1", false));
    FirstReports reports = at(LATE);
    assertThatCode(() -> reports.check(attempt(1, "agent-1"), first)).doesNotThrowAnyException();
    for (int answered : new int[] {1, 2}) {
      assertThatThrownBy(() -> at(LATE).check(attempt(answered, "agent-1"), second))
          .hasMessageContaining("answered already");
    }
    assertThatCode(() -> reports.check(attempt(3, "agent-1"), second)).doesNotThrowAnyException();
    assertThatCode(() -> reports.check(attempt(1, "agent-2"), second)).doesNotThrowAnyException();
    int before = store.asked;
    assertThat(reports.check(attempt(1, "agent-1"), first)).as("again").isTrue();
    assertThat(store.asked).isEqualTo(before);
  }

  private static final class Store implements ReportReader {
    private final List<TaskReport> reports = new ArrayList<>();
    private int asked;

    @Override
    public Optional<StoredReport> find(UUID reportId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredReport> findAll(Collection<UUID> reportIds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TaskReport> ofTask(UUID taskId) {
      asked++;
      return reports;
    }

    @Override
    public Map<UUID, List<TaskReport>> ofTasks(Collection<UUID> taskIds) {
      throw new UnsupportedOperationException();
    }
  }
}
