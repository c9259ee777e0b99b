package org.vidtomo.coordinator.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;

/**
 * A campaign that is being submitted: its list is stored while it comes, and is nobody's until it
 * is whole. Not thread-safe.
 */
public final class Submission {
  private static final int BATCH = 500;

  private final UUID id = UUID.randomUUID();
  private final CampaignOptions options;
  private final SeedStore seeds;
  private final Campaigns campaigns;
  private final SeedList list;
  private final List<Seed> batch = new ArrayList<>();
  private long position;

  Submission(CampaignOptions options, SeedStore seeds, Campaigns campaigns, int maxVideos) {
    this.options = options;
    this.seeds = seeds;
    this.campaigns = campaigns;
    this.list = new SeedList(maxVideos);
  }

  /** Takes more lines, each a URL, a comment or blank. */
  public void add(List<String> lines) {
    for (String line : lines) {
      list.next(line)
          .ifPresent(
              video ->
                  batch.add(new Seed(position++, video.url(), video.service(), video.videoId())));
      if (batch.size() >= BATCH) {
        store();
      }
    }
  }

  /**
   * The list is whole: the campaign begins.
   *
   * @throws InvalidRequestException with the lines that are wrong; then nothing begins
   */
  public CampaignView finish() throws InvalidRequestException {
    long videos = list.finish();
    store();
    return campaigns.begin(id, options, videos, list.duplicates());
  }

  private void store() {
    if (list.faultless() && !batch.isEmpty()) {
      seeds.insert(id, List.copyOf(batch));
    }
    batch.clear();
  }
}
