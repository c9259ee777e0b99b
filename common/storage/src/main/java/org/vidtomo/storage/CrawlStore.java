package org.vidtomo.storage;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What crawls find: the videos of each cycle, and the links of each round's pages. */
public interface CrawlStore {
  /** Stores videos of a cycle at their positions, in place of what was there. Blocks. */
  void insertVideos(UUID campaignId, int cycle, List<FoundVideo> videos);

  /**
   * Videos of a cycle in their order. Blocks.
   *
   * @param from the first position
   * @param most how many at the most, up to 10,000
   */
  List<FoundVideo> readVideos(UUID campaignId, int cycle, long from, int most);

  /**
   * Removes the videos of a cycle. Blocks.
   *
   * @param count how many it has at the most, from position 0
   */
  void removeVideos(UUID campaignId, int cycle, long count);

  /**
   * Notes what a page linked to. Of several reports of a task the links of the lowest attempt stay,
   * whatever the order of arrival; the same again changes nothing.
   */
  CompletionStage<Void> noteRelated(RelatedLinks.Reported reported);

  /**
   * Reads links by position, those of one position by target. Blocks; {@code each} is called on
   * this thread.
   *
   * @param from the first position
   * @param before the position after the last
   */
  void eachRelated(
      UUID campaignId, int cycle, int round, long from, long before, Consumer<RelatedLinks> each);
}
