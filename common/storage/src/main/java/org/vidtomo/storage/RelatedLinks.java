package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a page linked to, as the report says that counts for a task.
 *
 * @param position the task's, among those of its round and target
 * @param links in the page's order
 */
public record RelatedLinks(
    UUID campaignId, int cycle, int round, long position, String target, List<String> links) {
  public RelatedLinks {
    requireNonNull(campaignId, "campaignId");
    requireNonNull(target, "target");
    links = List.copyOf(links);
  }

  /**
   * One report of the task.
   *
   * @param attempt the lowest one's links stay
   * @param scheduledAt the task's slot
   */
  public record Reported(RelatedLinks related, int attempt, Instant scheduledAt) {
    public Reported {
      requireNonNull(related, "related");
      requireNonNull(scheduledAt, "scheduledAt");
    }
  }
}
