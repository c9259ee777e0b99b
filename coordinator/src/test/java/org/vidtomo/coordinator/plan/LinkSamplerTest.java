package org.vidtomo.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LinkSamplerTest {
  private static final String VIDEO = "page:https://video.example.org/watch/0";

  @Test
  void sample_isOfTheFirstLinksOfThePage_asManyAsMayBeTaken() {
    List<String> taken = take(1, 0, 10, 4, links(1, 30));

    assertThat(taken).hasSize(4).doesNotHaveDuplicates().isSubsetOf(ids(links(1, 10)));
  }

  @Test
  void sameSeed_takesTheSame_anotherSeedOrCycleTakesOthers() {
    List<String> taken = take(7, 0, 100, 10, links(1, 100));

    assertThat(take(7, 0, 100, 10, links(1, 100))).isEqualTo(taken);
    assertThat(take(8, 0, 100, 10, links(1, 100))).isNotEqualTo(taken);
    assertThat(take(7, 1, 100, 10, links(1, 100))).isNotEqualTo(taken);
  }

  @Test
  void linksThatNobodyCanMean_areNone_andThoseBeyondThePagesFirstAreNotLookedAt() {
    List<String> hostile =
        List.of(
            "file:///etc/passwd",
            "https://v.example/" + "a".repeat(10_000_000),
            "https://v.example/" + "水".repeat(2_000),
            "javascript:alert(1)",
            "\u0000",
            "");
    List<String> endless =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            assertThat(index).isLessThan(20);
            return index < hostile.size() ? hostile.get(index) : links(1, 20).get(index);
          }

          @Override
          public int size() {
            return 1_000_000;
          }
        };
    assertThat(take(1, 0, 20, 20, endless)).isEqualTo(ids(links(1, 20).subList(6, 20)));
  }

  @Test
  void fewLinks_areAllTaken_inThePagesOrder() {
    assertThat(take(1, 0, 20, 20, links(1, 5))).isEqualTo(ids(links(1, 5)));
    assertThat(take(1, 0, 20, 0, links(1, 5))).isEmpty();
    assertThat(take(1, 0, 0, 20, links(1, 5))).isEmpty();
  }

  @Test
  void severalPagesOfAVideo_areOneChoice_withoutTheVideoItselfAndWithoutRepetition() {
    List<String> alpha = links(0, 6);
    List<String> beta =
        List.of(
            "https://video.example.org/watch/3?utm_source=x",
            "https://video.example.org/watch/9",
            "mailto:x");

    List<String> taken =
        new LinkSampler(1, 0, 6, 20)
            .take(VIDEO, List.of(alpha, beta)).stream().map(SeedVideo::videoId).toList();

    assertThat(taken).containsExactlyElementsOf(ids(links(1, 5), links(9, 1)));
  }

  @Test
  void everyLink_hasTheSameChance() {
    Map<String, Integer> taken = new HashMap<>();
    for (int seed = 0; seed < 2_000; seed++) {
      take(seed, 0, 20, 5, links(1, 20)).forEach(id -> taken.merge(id, 1, Integer::sum));
    }

    // 500 each are expected, with a standard deviation of 19.4.
    assertThat(taken.values()).hasSize(20).allMatch(n -> n > 400 && n < 600);
  }

  private static List<String> take(
      long seed, int cycle, int perPage, int perUrl, List<String> page) {
    return new LinkSampler(seed, cycle, perPage, perUrl)
        .take(VIDEO, List.of(page)).stream().map(SeedVideo::videoId).toList();
  }

  private static List<String> links(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "https://video.example.org/watch/" + i)
        .toList();
  }

  @SafeVarargs
  private static List<String> ids(List<String>... links) {
    return java.util.Arrays.stream(links)
        .flatMap(List::stream)
        .map(link -> "page:" + link)
        .toList();
  }
}
