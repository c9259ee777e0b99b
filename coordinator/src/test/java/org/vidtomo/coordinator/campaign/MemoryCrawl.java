package org.vidtomo.coordinator.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.RelatedLinks;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;

/** What one campaign's first cycle holds, in memory; it fails when it is told to. */
final class MemoryCrawl implements CrawlStore, SeedStore {
  private final TreeMap<Long, Seed> seeds = new TreeMap<>();
  private final TreeMap<Long, FoundVideo> videos = new TreeMap<>();
  private final TreeMap<String, RelatedLinks.Reported> related = new TreeMap<>();
  private int callsUntilFailure = Integer.MAX_VALUE;

  /** The process dies at this call from now on, half of its work done. */
  void failAfter(int calls) {
    callsUntilFailure = calls;
  }

  List<FoundVideo> videos() {
    return List.copyOf(videos.values());
  }

  @Override
  public void insert(UUID campaignId, List<Seed> some) {
    some.forEach(seed -> seeds.put(seed.position(), seed));
  }

  @Override
  public void remove(UUID campaignId, long count) {
    seeds.clear();
  }

  @Override
  public List<Seed> read(UUID campaignId, long from, int most) {
    call();
    return seeds.tailMap(from).values().stream().limit(most).toList();
  }

  @Override
  public void insertVideos(UUID campaignId, int cycle, List<FoundVideo> some) {
    boolean dies = --callsUntilFailure < 0;
    some.subList(0, dies ? some.size() / 2 : some.size())
        .forEach(found -> videos.put(found.video().position(), found));
    if (dies) {
      throw new IllegalStateException("killed");
    }
  }

  @Override
  public List<FoundVideo> readVideos(UUID campaignId, int cycle, long from, int most) {
    call();
    return videos.tailMap(from).values().stream().limit(most).toList();
  }

  @Override
  public void removeVideos(UUID campaignId, int cycle, long count) {
    videos.clear();
  }

  @Override
  public CompletionStage<Void> noteRelated(RelatedLinks.Reported reported) {
    RelatedLinks links = reported.related();
    related.merge(
        "%d/%012d/%s".formatted(links.round(), links.position(), links.target()),
        reported,
        (a, b) -> a.attempt() < b.attempt() ? a : b);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void eachRelated(
      UUID campaignId, int cycle, int round, long from, long before, Consumer<RelatedLinks> each) {
    call();
    new ArrayList<>(related.values())
        .stream()
            .map(RelatedLinks.Reported::related)
            .filter(l -> l.round() == round && l.position() >= from && l.position() < before)
            .forEach(each);
  }

  private void call() {
    if (--callsUntilFailure < 0) {
      throw new IllegalStateException("killed");
    }
  }
}
