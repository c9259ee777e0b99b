package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What crawls find, on a real Cassandra. */
class CrawlStoreTest {
  private static final Instant SLOT = Instant.parse("2026-11-21T10:15:00Z");
  private static Store store;

  private final UUID campaign = UUID.randomUUID();
  private final CrawlStore crawl = store.crawl();

  @BeforeAll
  static void openStore() throws Exception {
    store = Store.open(TestStore.newSettings());
  }

  @AfterAll
  static void closeStore() {
    store.close();
  }

  @Test
  void videos_are_read_in_their_order_over_the_borders_of_partitions() {
    List<FoundVideo> all = videos(9_990, 20, "a");
    crawl.insertVideos(campaign, 2, all.subList(10, 20));
    crawl.insertVideos(campaign, 2, all.subList(0, 10));
    crawl.insertVideos(campaign, 3, videos(9_990, 3, "b"));

    assertThat(crawl.readVideos(campaign, 2, 9_995, 10)).isEqualTo(all.subList(5, 15));
    assertThat(crawl.readVideos(campaign, 2, 9_990, 10_000)).isEqualTo(all);
    assertThat(crawl.readVideos(campaign, 3, 9_990, 10_000)).hasSize(3);
    assertThat(crawl.readVideos(campaign, 4, 0, 10_000)).isEmpty();
  }

  @Test
  void videos_stored_again_take_the_place_of_those_before_and_go_when_removed() {
    crawl.insertVideos(campaign, 0, videos(0, 5, "a"));
    crawl.insertVideos(campaign, 0, videos(0, 3, "b"));

    assertThat(crawl.readVideos(campaign, 0, 0, 10))
        .extracting(FoundVideo::foundOn)
        .containsExactly("b", "b", "b", "a", "a");

    crawl.removeVideos(campaign, 0, 5);
    assertThat(crawl.readVideos(campaign, 0, 0, 10)).isEmpty();
  }

  @Test
  void links_of_the_lowest_attempt_stay_in_whatever_order_they_come() {
    for (List<Integer> order : List.of(List.of(1, 2, 3), List.of(3, 1, 2), List.of(2, 3, 1, 1))) {
      UUID each = UUID.randomUUID();
      order.forEach(attempt -> note(each, 7, "alpha", attempt, List.of("attempt" + attempt)));

      assertThat(links(each, 0, 100)).containsExactly(List.of("attempt1"));
    }
  }

  @Test
  void no_links_of_a_lower_attempt_take_the_place_of_some() {
    note(campaign, 0, "alpha", 2, List.of("x"));
    note(campaign, 0, "alpha", 1, List.of());

    assertThat(links(campaign, 0, 1)).containsExactly(List.of());
  }

  @Test
  void links_are_read_by_position_and_then_by_target() {
    for (int position : new int[] {205, 3, 99, 100, 3_000}) {
      for (String target : List.of("beta", "alpha")) {
        note(campaign, position, target, 1, List.of(position + target));
      }
    }

    assertThat(links(campaign, 3, 206))
        .flatExtracting(some -> some)
        .containsExactly(
            "3alpha", "3beta", "99alpha", "99beta", "100alpha", "100beta", "205alpha", "205beta");
    assertThat(links(campaign, 4, 99)).isEmpty();
  }

  private void note(UUID id, long position, String target, int attempt, List<String> links) {
    crawl
        .noteRelated(
            new RelatedLinks.Reported(
                new RelatedLinks(id, 0, 1, position, target, links), attempt, SLOT))
        .toCompletableFuture()
        .join();
  }

  private List<List<String>> links(UUID id, long from, long before) {
    List<List<String>> found = new ArrayList<>();
    crawl.eachRelated(id, 0, 1, from, before, related -> found.add(related.links()));
    return found;
  }

  private static List<FoundVideo> videos(int from, int count, String foundOn) {
    return IntStream.range(from, from + count)
        .mapToObj(
            i ->
                new FoundVideo(new Seed(i, "https://v.example/" + i, "page", "page:" + i), foundOn))
        .toList();
  }
}
