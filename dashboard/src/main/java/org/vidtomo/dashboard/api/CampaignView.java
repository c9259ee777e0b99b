package org.vidtomo.dashboard.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignOrigin;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.TaskRow;

/**
 * A campaign as the public sees it; the coordinator's API has the same names.
 *
 * @param imported where it comes from; absent of those of this installation
 */
record CampaignView(
    UUID id,
    Optional<String> name,
    CampaignStatus state,
    Instant createdAt,
    long videos,
    int cycle,
    Counts counts,
    Optional<CampaignOrigin> imported) {

  /**
   * How the tasks of all cycles stand: planned = queued + running + done + expired + cancelled. A
   * task that is not with an agent yet is queued here.
   *
   * @param outcomes of those done
   * @param providers the same by ISP, where each is to measure each video
   */
  record Counts(
      long planned,
      long queued,
      long running,
      long done,
      long expired,
      long cancelled,
      Map<String, Long> outcomes,
      Map<String, Counts> providers) {}

  static CampaignView of(Campaign campaign, Counts counts) {
    return new CampaignView(
        campaign.id(),
        campaign.options().name(),
        campaign.status(),
        campaign.createdAt(),
        campaign.videos(),
        campaign.cycle(),
        counts,
        campaign.origin());
  }

  /** Counts tasks one by one. */
  static final class Tally {
    private final long[] states = new long[TaskState.values().length];
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Tally> providers = new TreeMap<>();

    void add(TaskRow task, Coverage coverage) {
      count(task);
      if (coverage == Coverage.PROVIDER) {
        providers.computeIfAbsent(task.target(), t -> new Tally()).count(task);
      }
    }

    /** A measurement whose task is not here. */
    void add(Outcome outcome) {
      states[TaskState.DONE.ordinal()]++;
      outcomes.merge(outcome.wireName(), 1L, Long::sum);
    }

    private void count(TaskRow task) {
      states[task.state().ordinal()]++;
      if (task.state() == TaskState.DONE) {
        outcomes.merge(task.outcome().orElse(Outcome.FAILED).wireName(), 1L, Long::sum);
      }
    }

    Counts counts() {
      Map<String, Counts> byProvider = new TreeMap<>();
      providers.forEach((provider, tally) -> byProvider.put(provider, tally.counts()));
      long queued = count(TaskState.PLANNED) + count(TaskState.QUEUED);
      long running = count(TaskState.RUNNING);
      long done = count(TaskState.DONE);
      long expired = count(TaskState.EXPIRED);
      long cancelled = count(TaskState.CANCELLED);
      return new Counts(
          queued + running + done + expired + cancelled,
          queued,
          running,
          done,
          expired,
          cancelled,
          outcomes,
          byProvider);
    }

    private long count(TaskState state) {
      return states[state.ordinal()];
    }
  }
}
