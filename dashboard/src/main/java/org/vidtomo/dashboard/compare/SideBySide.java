package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Comparison.Pair;

/**
 * The answer to {@code /api/v1/pair}: two groups on the same videos in the same hours. Groups and
 * pair are those of {@code /api/v1/compare} under the same filter.
 *
 * @param pair as a − b; absent when one of them is not there
 * @param videos those with most hours in common first
 * @param more videos that both have and that are not shown
 */
public record SideBySide(
    Metric metric,
    Dimension by,
    String unit,
    Instant computedAt,
    String method,
    Optional<String> leftOut,
    Optional<Group> a,
    Optional<Group> b,
    Optional<Pair> pair,
    List<Video> videos,
    int more) {
  public SideBySide {
    videos = List.copyOf(videos);
  }

  /**
   * One video in the hours in which both measured it.
   *
   * @param video canonical, {@code service:id}
   * @param title what it is called, where that was looked up
   * @param slots these hours
   * @param n of both together
   * @param a the middle over the first group's agents, of each its middle over these hours
   * @param difference a − b, by Hodges–Lehmann over agents, of ratios the means'
   * @param interval 95 %, from so many agents on each side on as for a pair
   */
  public record Video(
      String video,
      Optional<String> title,
      int slots,
      Counts n,
      OptionalDouble a,
      OptionalDouble b,
      OptionalDouble difference,
      Optional<Interval> interval,
      Optional<String> why) {
    private Video titled(Map<String, String> titles) {
      return new Video(
          video, Optional.ofNullable(titles.get(video)), slots, n, a, b, difference, interval, why);
    }
  }

  /** The same with titles, by video. */
  public SideBySide titled(Map<String, String> titles) {
    return new SideBySide(
        metric,
        by,
        unit,
        computedAt,
        method,
        leftOut,
        a,
        b,
        pair,
        videos.stream().map(video -> video.titled(titles)).toList(),
        more);
  }

  /**
   * Which two of a view are asked for.
   *
   * @param most videos
   */
  public record Question(View view, String a, String b, int most) {}

  /** Two groups of a view's table. */
  public static SideBySide of(
      Question question, Comparer comparer, CellTable cells, Instant computedAt) {
    View view = question.view();
    Comparison all = comparer.compare(view.metric(), view.by(), cells, computedAt);
    CommonVideos videos =
        new CommonVideos(
            cells,
            view.metric(),
            comparer,
            cells.groups().indexOf(question.a()),
            cells.groups().indexOf(question.b()));
    return new SideBySide(
        view.metric(),
        view.by(),
        view.metric().unit(),
        computedAt,
        Comparer.METHOD,
        cells.leftOut(),
        group(all, question.a()),
        group(all, question.b()),
        pair(all, question.a(), question.b()),
        videos.most(question.most()),
        Math.max(0, videos.count() - question.most()));
  }

  private static Optional<Group> group(Comparison all, String key) {
    return all.groups().stream().filter(group -> group.key().equals(key)).findFirst();
  }

  private static Optional<Pair> pair(Comparison all, String a, String b) {
    return all.pairs().stream()
        .filter(pair -> pair.a().equals(a) && pair.b().equals(b))
        .findFirst()
        .or(
            () ->
                all.pairs().stream()
                    .filter(pair -> pair.a().equals(b) && pair.b().equals(a))
                    .findFirst()
                    .map(Pair::turned));
  }
}
