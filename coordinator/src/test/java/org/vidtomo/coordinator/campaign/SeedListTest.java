package org.vidtomo.coordinator.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;

final class SeedListTest {
  private final SeedList list = new SeedList(3, 3);

  @Test
  void blanksAndComments_arePassedOver_duplicatesCounted() throws Exception {
    list.next("");
    list.next("  # remark");
    assertThat(list.next(" https://a.example.org/1 ")).isPresent();
    assertThat(list.next("https://A.EXAMPLE.org:443/1#part")).isEmpty();
    list.next("\t");

    assertThat(list.finish(false))
        .isEqualTo(
            new ListReport(
                5,
                1,
                0,
                new ListReport.Lines(2, List.of(1L, 5L)),
                new ListReport.Lines(1, List.of(2L)),
                new ListReport.Lines(1, List.of(4L)),
                new ListReport.Lines(0, List.of())));
  }

  @Test
  void videosBeyondThoseToVisit_arePassedOverAndCounted() throws Exception {
    SeedList two = new SeedList(100, 2);
    for (int i = 1; i <= 5; i++) {
      assertThat(two.next("https://a.example.org/" + i).isPresent()).isEqualTo(i <= 2);
    }

    assertThat(two.finish(false).videos()).isEqualTo(2);
    assertThat(two.finish(false).beyond()).isEqualTo(new ListReport.Lines(3, List.of(3L, 4L, 5L)));
  }

  @Test
  void numbersOfLines_areBounded_theirCountIsNot() throws Exception {
    list.next("https://a.example.org/1");
    for (int i = 0; i < 1_000; i++) {
      list.next("# remark");
    }

    ListReport.Lines comments = list.finish(false).comments();
    assertThat(comments.count()).isEqualTo(1_000);
    assertThat(comments.first()).hasSize(ListReport.MAX_NUMBERS).startsWith(2L, 3L);
  }

  @Test
  void listsOfVideos_standAmongThem_eachOnce() throws Exception {
    SeedList many = new SeedList(100, 100);
    assertThat(many.next("https://www.youtube.com/@name/videos").orElseThrow().isListing())
        .isTrue();
    assertThat(many.next("https://www.youtube.com/@name/videos")).isEmpty();
    assertThat(many.next("https://www.youtube.com/watch?v=dQw4w9WgXcQ").orElseThrow().isListing())
        .isFalse();

    assertThat(many.listings())
        .containsExactly(new SeedList.Line(1, "https://www.youtube.com/@name/videos"));
    assertThat(many.finish(false).videos()).isEqualTo(1);
    assertThat(many.finish(false).listings()).isEqualTo(1);
  }

  @Test
  void byteOrderMark_isNoPartOfTheFirstLine() {
    assertThat(list.next("\uFEFFhttps://a.example.org/1")).isPresent();
  }

  @Test
  void badLines_areFaultsWithTheirNumbers() {
    list.next("https://a.example.org/1");
    list.next("ftp://a.example.org/1");
    list.next("https:///nohost");
    list.next("https://a.example.org/" + "x".repeat(3000));

    assertThat(refused().faults())
        .extracting(Fault::field)
        .containsExactly("line 2", "line 3", "line 4");
    assertThat(refused().faults().get(2).detail()).contains("is longer than").hasSizeLessThan(300);
  }

  @Test
  void tooManyFaults_areCountedOnly() {
    for (int i = 0; i < 1_000; i++) {
      list.next("bad");
    }

    assertThat(refused().faults()).hasSize(SeedList.MAX_FAULTS + 1);
    assertThat(refused().faults().get(SeedList.MAX_FAULTS).detail()).contains("900 more lines");
  }

  @Test
  void tooManyVideos_areRefused() {
    for (int i = 0; i < 4; i++) {
      list.next("https://a.example.org/" + i);
    }

    assertThat(refused().faults()).extracting(Fault::field).containsExactly("line 4");
  }

  @Test
  void listWithoutAVideo_isRefused() {
    list.next("# nothing");

    assertThat(refused()).hasMessageContaining("at least one URL");
  }

  @Test
  void seenVideos_knowEachOfMany() {
    SeenVideos seen = new SeenVideos();
    for (int i = 0; i < 200_000; i++) {
      assertThat(seen.add("page:" + i)).isTrue();
    }
    for (int i = 0; i < 200_000; i += 1_000) {
      assertThat(seen.add("page:" + i)).isFalse();
    }
    assertThat(seen.size()).isEqualTo(200_000);
  }

  private InvalidRequestException refused() {
    SeedList refusing = list;
    return catchThrowableOfType(InvalidRequestException.class, () -> refusing.finish(false));
  }
}
