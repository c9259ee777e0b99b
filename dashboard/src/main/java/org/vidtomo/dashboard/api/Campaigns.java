package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.TaskStore;

/**
 * Campaigns with their counts. Counting reads every task of a campaign, so that a count is kept for
 * ten times as long as it took, one second at least; once a campaign has ended and what agents had
 * begun has come, for five minutes, since a late report may still move a task. Thread-safe.
 */
final class Campaigns {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration ENDED = Duration.ofMinutes(5);
  private static final int TIMES_ITS_COST = 10;
  private static final int MAX_KEPT = 500;

  private final CampaignStore campaigns;
  private final TaskStore tasks;
  private final MeasurementReader measurements;
  private final Clock clock;
  private final Map<UUID, Counted> counted = BoundedMaps.byUse(MAX_KEPT);

  private record Counted(CampaignView view, Instant until) {}

  Campaigns(CampaignStore campaigns, TaskStore tasks, MeasurementReader measurements, Clock clock) {
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.tasks = requireNonNull(tasks, "tasks");
    this.measurements = requireNonNull(measurements, "measurements");
    this.clock = requireNonNull(clock, "clock");
  }

  /** All, the latest first. */
  List<CampaignView> all() {
    return campaigns.list().stream().map(this::view).toList();
  }

  /** Those that may have moved since they were last looked at: not all that ever ended. */
  List<CampaignView> moving() {
    return campaigns.list().stream().filter(this::mayMove).map(this::view).toList();
  }

  private boolean mayMove(Campaign campaign) {
    if (!campaign.status().ended()) {
      return true;
    }
    synchronized (counted) {
      Counted known = counted.get(campaign.id());
      return known != null
          && (known.view().state() != campaign.status() || known.view().counts().running() > 0);
    }
  }

  Optional<CampaignView> find(UUID id) {
    return campaigns.find(id).map(this::view);
  }

  /** A campaign with its counts. */
  CampaignView view(Campaign campaign) {
    Instant now = clock.instant();
    synchronized (counted) {
      Counted known = counted.get(campaign.id());
      boolean same = known != null && known.view().state() == campaign.status();
      if (same && now.isBefore(known.until())) {
        return known.view();
      }
    }
    CampaignView view = CampaignView.of(campaign, count(campaign));
    Duration cost = Duration.between(now, clock.instant()).multipliedBy(TIMES_ITS_COST);
    boolean over = campaign.status().ended() && view.counts().running() == 0;
    Duration kept = over ? ENDED : cost.compareTo(LEAST) > 0 ? cost : LEAST;
    synchronized (counted) {
      counted.put(campaign.id(), new Counted(view, now.plus(kept)));
    }
    return view;
  }

  private CampaignView.Counts count(Campaign campaign) {
    CampaignView.Tally tally = new CampaignView.Tally();
    for (int cycle = 0; cycle <= campaign.cycle(); cycle++) {
      if (campaign.origin().isPresent()) {
        // Its tasks stayed where it was run: what came from there are measurements.
        measurements.ofCampaign(campaign.id(), cycle, m -> tally.add(m.outcome()));
      } else {
        tasks.scan(campaign.id(), cycle, task -> tally.add(task, campaign.options().coverage()));
      }
    }
    return tally.counts();
  }
}
