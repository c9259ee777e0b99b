package org.vidtomo.testsite.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The eighteen videos. The first twelve, which a short campaign takes, hold every container, every
 * way of linking, every working route and two failing caches.
 */
public final class Catalogue {

  private record Row(String title, Clip clip, LinkKind link, Route route) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("Bars at noon", Clip.MID, LinkKind.VIDEO_SOURCE, Route.BY_REDIRECT),
          new Row("A small clock", Clip.LOW, LinkKind.OPEN_GRAPH, Route.BY_DNS),
          new Row("Pans & zooms", Clip.FRAGMENTED, LinkKind.JSON_LD, Route.RELATIVE_FIRST),
          new Row("Colours, counted", Clip.MID, LinkKind.OPEN_GRAPH, Route.VIA_SIBLING),
          new Row("Noise in the \"open\"", Clip.WEBM, LinkKind.VIDEO_SOURCE, Route.BY_REDIRECT),
          new Row("The closed door", Clip.MID, LinkKind.VIDEO_SRC, Route.TO_REFUSING),
          new Row("Wide screen", Clip.HIGH, LinkKind.JSON_LD, Route.BY_DNS),
          new Row("Index at the end", Clip.MOOV_LAST, LinkKind.VIDEO_SRC, Route.BY_REDIRECT),
          new Row("Old camera", Clip.FLV, LinkKind.VIDEO_SOURCE, Route.RELATIVE_FIRST),
          new Row("Second helping", Clip.MID, LinkKind.JSON_LD, Route.BY_DNS),
          new Row("Half a story", Clip.LOW, LinkKind.OPEN_GRAPH, Route.TO_CUTTING),
          new Row("Straight from the tower", Clip.TS, LinkKind.VIDEO_SRC, Route.VIA_SIBLING),
          new Row("Evening bars", Clip.LOW, LinkKind.JSON_LD, Route.BY_REDIRECT),
          new Row("Wider still", Clip.HIGH, LinkKind.OPEN_GRAPH, Route.RELATIVE_FIRST),
          new Row("Back in a moment", Clip.MID, LinkKind.VIDEO_SOURCE, Route.TO_UNAVAILABLE),
          new Row("A wire pulled", Clip.LOW, LinkKind.JSON_LD, Route.TO_RESETTING),
          new Row("Steps of a ladder", Clip.HLS, LinkKind.VIDEO_SOURCE, Route.BY_REDIRECT),
          new Row("The same, dashed", Clip.DASH, LinkKind.OPEN_GRAPH, Route.RELATIVE_FIRST));

  private static final List<Video> VIDEOS = videos();

  private Catalogue() {}

  public static List<Video> all() {
    return VIDEOS;
  }

  public static Optional<Video> byNumber(int number) {
    return VIDEOS.stream().filter(video -> video.number() == number).findFirst();
  }

  public static Optional<Video> byId(String id) {
    return VIDEOS.stream().filter(video -> video.id().equals(id)).findFirst();
  }

  private static List<Video> videos() {
    List<Video> videos = new ArrayList<>();
    for (int i = 0; i < ROWS.size(); i++) {
      Row row = ROWS.get(i);
      videos.add(new Video(i + 1, row.title(), row.clip(), row.link(), row.route(), related(i)));
    }
    return List.copyOf(videos);
  }

  /** Four to six others, so that a crawl over related links reaches all from any. */
  private static List<Integer> related(int index) {
    List<Integer> related = new ArrayList<>();
    for (int step : List.of(1, 3, 5, 8, 11, 13).subList(0, 4 + index % 3)) {
      related.add((index + step) % ROWS.size() + 1);
    }
    return related;
  }
}
