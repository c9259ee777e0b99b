package org.vidtomo.coordinator.alert;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.coordinator.campaign.Counts;

/** When each campaign last moved: a task began or ended. Not thread-safe. */
final class Progress {
  private final Map<UUID, Step> steps = new HashMap<>();

  private record Step(long running, long ended, boolean planned, Instant at) {}

  /** Looks at a campaign's counts; when it last moved, at the latest now. */
  Instant lastMoved(UUID campaign, Counts counts, boolean planned, Instant now) {
    long ended = counts.done() + counts.expired() + counts.cancelled();
    Step before = steps.get(campaign);
    boolean same =
        before != null
            && before.running() == counts.running()
            && before.ended() == ended
            && before.planned() == planned;
    if (!same) {
      steps.put(campaign, new Step(counts.running(), ended, planned, now));
    }
    return same ? before.at() : now;
  }

  /** Forgets all others: one that is paused begins anew when it is resumed. */
  void retain(Set<UUID> campaigns) {
    steps.keySet().retainAll(campaigns);
  }
}
