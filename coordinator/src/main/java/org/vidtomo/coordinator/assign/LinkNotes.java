package org.vidtomo.coordinator.assign;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vidtomo.coordinator.campaign.CampaignRow;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.RelatedLinks;

/**
 * Keeps what pages linked to, for the next round. Thread-safe.
 *
 * <p>A task's links are stored before its row says that it is done: when a round is over, all links
 * are there from which the next is made.
 */
final class LinkNotes {
  private static final CompletionStage<Void> NOTHING = CompletableFuture.completedFuture(null);

  private final Campaigns campaigns;
  private final CrawlStore store;

  LinkNotes(Campaigns campaigns, CrawlStore store) {
    this.campaigns = campaigns;
    this.store = store;
  }

  /**
   * Notes the links of an outcome that counts, if its campaign follows them. None are noted too: an
   * earlier attempt may have found some.
   */
  CompletionStage<Void> keep(PlannedTask task, TaskOutcome outcome) {
    return campaigns
        .find(task.campaignId())
        .map(campaign -> campaign.row())
        .filter(row -> follows(row, task))
        .map(row -> store.noteRelated(reported(row, task, outcome)))
        .orElse(NOTHING);
  }

  /** A late one is of no use: what came of its round is decided. */
  private static boolean follows(CampaignRow row, PlannedTask task) {
    return row.isRound(task.cycle(), task.round()) && row.options().followedAfter(task.round());
  }

  private static RelatedLinks.Reported reported(
      CampaignRow row, PlannedTask task, TaskOutcome outcome) {
    List<String> links =
        outcome.related().stream()
            .limit(row.options().parameters().relatedPerPage())
            .filter(link -> link.length() <= SeedVideo.MAX_URL_CHARACTERS)
            .toList();
    return new RelatedLinks.Reported(
        new RelatedLinks(
            task.campaignId(), task.cycle(), task.round(), task.position(), task.target(), links),
        outcome.attempt(),
        task.scheduledAt());
  }
}
