package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.vidtomo.coordinator.campaign.CycleSeeds.Made;

/**
 * Makes the seeds of further cycles on a thread of its own: services may be slow, and planning must
 * not wait. What failed altogether is tried again after a while. Confined to one thread but for
 * that.
 */
final class SeedsAhead implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final CycleSeeds seeds;
  private final Map<UUID, Job> jobs = new HashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "coordinator-listings");
            thread.setDaemon(true);
            return thread;
          });

  private record Job(int cycle, Instant begun, CompletableFuture<Made> made) {}

  /** Nothing is made yet. */
  SeedsAhead(CycleSeeds seeds) {
    this.seeds = requireNonNull(seeds, "seeds");
  }

  /**
   * The seeds of a campaign's cycle, which are being made from the first call on.
   *
   * @return empty while they are being made; with no video if there is none, which a later call
   *     tries again
   */
  Optional<Made> of(CampaignRow row, int cycle, Instant now) {
    Job job = jobs.get(row.id());
    boolean again =
        job == null
            || job.cycle() != cycle
            || (made(job).filter(made -> made.videos() == 0).isPresent()
                && now.isAfter(job.begun().plus(PAUSE)));
    if (again) {
      job = new Job(cycle, now, CompletableFuture.supplyAsync(() -> make(row, cycle), worker));
      jobs.put(row.id(), job);
    }
    return made(job);
  }

  /** The cycle has begun, or never will. */
  void forget(UUID campaignId) {
    jobs.remove(campaignId);
  }

  private Made make(CampaignRow row, int cycle) {
    return seeds.make(row.id(), cycle, row.options(), row.listed().orElseThrow(), row.videos());
  }

  private static Optional<Made> made(Job job) {
    return job.made().isDone()
        ? Optional.of(
            job.made().exceptionally(error -> new Made(0, List.of(error.toString()))).join())
        : Optional.empty();
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
