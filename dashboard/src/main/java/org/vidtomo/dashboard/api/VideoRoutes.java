package org.vidtomo.dashboard.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.VideoPlace;
import org.vidtomo.dashboard.index.VideoUse;

/** {@code videos}: what was measured, to choose one from. */
final class VideoRoutes {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final Comparisons comparisons;
  private final IndexedCells cells;
  private final VideoTitles titles;

  VideoRoutes(Comparisons comparisons, IndexedCells cells, VideoTitles titles) {
    this.comparisons = comparisons;
    this.cells = cells;
    this.titles = titles;
  }

  private record Key(Filter filter, Optional<VideoPlace> after, int limit) {}

  /** One more than is wanted, if there is one. */
  private record Found(List<VideoUse> videos) {}

  private record VideoList(List<Video> videos, Optional<String> next) {}

  /**
   * A video.
   *
   * @param title as its latest measurement has it, cut if it is long
   */
  private record Video(
      String video,
      Optional<String> title,
      int measurements,
      int agents,
      int providers,
      Instant lastMeasuredAt) {}

  void addTo(Routes routes) {
    routes.view(
        "/api/v1/videos",
        CsvViews.VIDEOS,
        Parameters.FILTER,
        request -> videos(routes, request),
        "limit",
        MeasurementPages.CURSOR);
  }

  private CompletionStage<?> videos(Routes routes, Request request) {
    Parameters parameters = request.parameters();
    Key key =
        new Key(
            parameters.filter(),
            parameters.text(MeasurementPages.CURSOR).map(VideoRoutes::decode),
            parameters.limit(USUAL, MOST));
    return comparisons
        .computed(key, now -> new Found(cells.videos(key.filter(), key.after(), key.limit() + 1)))
        .thenCompose(
            found -> routes.blocking(() -> list(request, key, found.videos())).toCompletionStage());
  }

  private VideoList list(Request request, Key key, List<VideoUse> found) {
    List<VideoUse> page = found.subList(0, Math.min(found.size(), key.limit()));
    Map<String, String> named =
        titles.of(page.stream().map(VideoUse::video).toList(), key.filter());
    Optional<String> next =
        found.size() > page.size()
            ? Optional.of(encode(page.get(page.size() - 1)))
            : Optional.empty();
    next.ifPresent(cursor -> Replies.linkNext(request.context(), MeasurementPages.CURSOR, cursor));
    return new VideoList(page.stream().map(use -> video(use, named)).toList(), next);
  }

  private static Video video(VideoUse use, Map<String, String> named) {
    return new Video(
        use.video(),
        Optional.ofNullable(named.get(use.video())),
        use.measurements(),
        use.agents(),
        use.providers(),
        use.lastMeasuredAt());
  }

  private static String encode(VideoUse last) {
    String text = last.measurements() + " " + last.video();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static VideoPlace decode(String text) {
    return Parameters.parse(
        MeasurementPages.CURSOR,
        text,
        encoded -> {
          String[] parts =
              new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8)
                  .split(" ", 2);
          if (parts.length < 2) {
            throw new IllegalArgumentException("a cursor has two parts");
          }
          return new VideoPlace(Integer.parseInt(parts[0]), parts[1]);
        },
        "what the page before gave as next");
  }
}
