package org.vidtomo.coordinator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.RelatedLinks;
import org.vidtomo.storage.Seed;

final class FrontierTest {
  private static final UUID CAMPAIGN = new UUID(5, 5);
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final int SEEDS = 40;
  private static final int PAGES = 5_000;
  private static final List<String> TARGETS = List.of("alpha", "beta");

  private final MemoryCrawl store = new MemoryCrawl();

  @Test
  void crawl_visitsEachVideoOnce_andEndsAtItsLimit() {
    List<FoundVideo> found = crawl(options(1_000, 10_000, 4), new Random(1));

    assertThat(found).hasSize(1_000 - SEEDS);
    assertThat(found).extracting(v -> v.video().videoId()).doesNotHaveDuplicates();
    assertThat(found).extracting(v -> v.video().position()).startsWith((long) SEEDS).isSorted();
    Map<String, Long> children =
        found.stream().collect(Collectors.groupingBy(FoundVideo::foundOn, Collectors.counting()));
    assertThat(children.values()).allMatch(n -> n <= 4);
  }

  @Test
  void crawl_isTheSame_whateverOrderOutcomesCameIn() {
    CampaignOptions options = options(2_000, 10_000, 5);

    List<FoundVideo> one = crawl(options, new Random(1));
    List<FoundVideo> other = crawl(options, new Random(2));

    assertThat(other).isEqualTo(one);
  }

  @Test
  void crawl_isTheSame_whereverItWasKilled() {
    CampaignOptions options = options(2_000, 10_000, 5);
    List<FoundVideo> undisturbed = crawl(options, new Random(1));

    for (int calls = 0; calls < 12; calls++) {
      store.removeVideos(CAMPAIGN, 0, 0);
      assertThat(crawl(options, new Random(1), calls)).isEqualTo(undisturbed);
    }
  }

  @Test
  void anotherSeed_findsOthers() {
    List<FoundVideo> one = crawl(options(500, 10_000, 3), new Random(1));
    List<FoundVideo> other = crawl(options(500, 10_000, 3).withSeed(99), new Random(1));

    assertThat(other).hasSameSizeAs(one).isNotEqualTo(one);
  }

  @Test
  void rounds_areNoMoreThanAskedFor() {
    CampaignRow row = row(options(PAGES, 3, 2));
    int rounds = 1;
    for (OptionalLong next = round(row, new Random(1)); next.getAsLong() > 0; rounds++) {
      row = begun(row, next.getAsLong());
      next = round(row, new Random(1));
    }

    assertThat(rounds).isEqualTo(3);
    assertThat(row.crawled()).isBetween((long) SEEDS + 1, SEEDS * 7L);
  }

  @Test
  void fullCycle_hasNoNextRound() {
    assertThat(round(row(options(SEEDS, 10_000, 5)), new Random(1))).hasValue(0);
  }

  @Test
  void campaignWithoutASeed_isOfAVersionThatFollowedNoLinks() {
    CampaignOptions old = CampaignOptions.DEFAULTS;

    assertThat(old.related()).isTrue();
    assertThat(round(row(old), new Random(1))).hasValue(0);
  }

  private List<FoundVideo> crawl(CampaignOptions options, Random order) {
    return crawl(options, order, Integer.MAX_VALUE);
  }

  /**
   * A crawl to its end.
   *
   * @param calls each round's planner dies at this call of the store, and another follows it
   */
  private List<FoundVideo> crawl(CampaignOptions options, Random order, int calls) {
    store.removeVideos(CAMPAIGN, 0, 0);
    CampaignRow row = row(options);
    OptionalLong next = round(row, order, calls);
    while (next.getAsLong() > 0) {
      row = begun(row, next.getAsLong());
      next = round(row, order, calls);
    }
    return store.videos();
  }

  private OptionalLong round(CampaignRow row, Random order) {
    return round(row, order, Integer.MAX_VALUE);
  }

  private OptionalLong round(CampaignRow row, Random order, int calls) {
    report(row, order);
    RoundVideos rounds = new RoundVideos(store, store);
    store.failAfter(calls);
    try {
      toItsEnd(new Frontier(rounds, store), row);
    } catch (IllegalStateException killed) {
      assertThat(killed).hasMessage("killed");
    }
    store.failAfter(Integer.MAX_VALUE);
    return toItsEnd(new Frontier(rounds, store), row);
  }

  private static OptionalLong toItsEnd(Frontier frontier, CampaignRow row) {
    OptionalLong next = frontier.next(row);
    while (next.isEmpty()) {
      next = frontier.next(row);
    }
    return next;
  }

  /** All tasks of the round are reported, in some order, some of them by two attempts. */
  private void report(CampaignRow row, Random order) {
    RoundPlan plan = row.plan().orElseThrow();
    List<RelatedLinks.Reported> reports = new ArrayList<>();
    RoundVideos rounds = new RoundVideos(store, store);
    for (long from = 0; from < plan.videos().count(); from += 1_000) {
      for (Seed video : rounds.read(plan, from, 1_000)) {
        for (String target : TARGETS) {
          reports.add(reported(plan, video, target, 1));
          reports.add(reported(plan, video, target, 2));
        }
      }
    }
    Collections.shuffle(reports, order);
    reports.forEach(store::noteRelated);
  }

  private static RelatedLinks.Reported reported(
      RoundPlan plan, Seed video, String target, int attempt) {
    Random links = new Random((video.videoId() + target + attempt).hashCode());
    List<String> page = IntStream.range(0, 12).mapToObj(i -> url(links.nextInt(PAGES))).toList();
    return new RelatedLinks.Reported(
        new RelatedLinks(CAMPAIGN, 0, plan.round(), plan.number(video), target, page),
        attempt,
        START);
  }

  private static CampaignRow begun(CampaignRow row, long videos) {
    RoundPlan plan = row.plan().orElseThrow();
    return row.with(plan.next(START, row.options(), new Targets(TARGETS, 1), videos), 0);
  }

  private CampaignRow row(CampaignOptions options) {
    List<Seed> seeds =
        IntStream.range(0, SEEDS)
            .mapToObj(i -> new Seed(i, url(i), "page", SeedVideo.of(url(i)).get().videoId()))
            .toList();
    store.insert(CAMPAIGN, seeds);
    RoundPlan plan =
        RoundPlan.starting(
            CAMPAIGN,
            0,
            START,
            options,
            new Targets(TARGETS, 1),
            new RoundPlan.Span(0, SEEDS, false));
    return new CampaignRow(
        CAMPAIGN,
        START,
        options,
        CampaignStatus.RUNNING,
        SEEDS,
        0,
        Optional.of(plan),
        SEEDS,
        OptionalLong.empty(),
        Optional.empty());
  }

  private static CampaignOptions options(int maxVideos, int maxRounds, int maxPerUrl) {
    CampaignOptions d = CampaignOptions.DEFAULTS;
    return new CampaignOptions(
            d.name(),
            d.parameters(),
            d.coverage(),
            d.samples(),
            d.providerFilter(),
            true,
            maxRounds,
            maxVideos,
            maxPerUrl,
            d.loop(),
            d.everyMicros(),
            d.expiresMicros(),
            d.startsPerMinute())
        .withSeed(7);
  }

  private static String url(int number) {
    return "https://video.example.org/watch/" + number;
  }
}
