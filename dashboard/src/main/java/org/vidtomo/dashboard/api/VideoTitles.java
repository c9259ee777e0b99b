package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;

/**
 * What videos are called: the index has no titles, so the latest measurement of each video is read
 * from the store, and its title kept for an hour; of imported campaigns they are in memory.
 * Thread-safe.
 */
final class VideoTitles {
  /** Titles are hostile: no more than this of one is kept or shown in a list. */
  static final int MAX_LENGTH = 300;

  private static final int MOST = 5_000;
  private static final Duration KEPT = Duration.ofHours(1);

  /** One without a title may have one in its next measurement. */
  private static final Duration NONE_KEPT = Duration.ofMinutes(1);

  private final IndexedCells cells;
  private final MeasurementReader reader;
  private final Clock clock;
  private final Map<String, Title> known = BoundedMaps.byUse(MOST);

  private record Title(Optional<String> text, Instant until) {}

  VideoTitles(IndexedCells cells, MeasurementReader reader, Clock clock) {
    this.cells = requireNonNull(cells, "cells");
    this.reader = requireNonNull(reader, "reader");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The titles of some of these videos. Blocks.
   *
   * @param videos at most 2,000
   * @param filter which measurements are looked at
   */
  Map<String, String> of(Collection<String> videos, Filter filter) {
    return cells
        .importedTitles(filter)
        // What was imported is nobody's word for videos that were measured here.
        .map(titles -> named(videos, titles))
        .orElseGet(() -> measured(videos, filter));
  }

  private static Map<String, String> named(Collection<String> videos, Map<String, String> titles) {
    return videos.stream()
        .distinct()
        .filter(titles::containsKey)
        .collect(Collectors.toMap(each -> each, each -> shortened(titles.get(each))));
  }

  private Map<String, String> measured(Collection<String> videos, Filter filter) {
    Instant now = clock.instant();
    Set<String> unknown =
        videos.stream().filter(each -> !isKnown(each, now)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      Map<String, String> read = read(unknown, filter);
      unknown.forEach(each -> keep(each, Optional.ofNullable(read.get(each)), now));
    }
    synchronized (known) {
      return videos.stream()
          .distinct()
          .filter(each -> known.containsKey(each) && known.get(each).text().isPresent())
          .collect(Collectors.toMap(each -> each, each -> known.get(each).text().orElseThrow()));
    }
  }

  private Map<String, String> read(Set<String> videos, Filter filter) {
    List<Measurement> found = reader.at(Set.copyOf(cells.latestOf(videos, filter).values()));
    return found.stream()
        .filter(each -> videos.contains(each.videoId()) && each.title().isPresent())
        .collect(
            Collectors.toMap(
                Measurement::videoId, each -> shortened(each.title().orElseThrow()), (a, b) -> a));
  }

  private static String shortened(String title) {
    if (title.length() <= MAX_LENGTH) {
      return title;
    }
    int end = MAX_LENGTH - 1;
    return title.substring(0, Character.isHighSurrogate(title.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  private boolean isKnown(String video, Instant now) {
    synchronized (known) {
      Title title = known.get(video);
      return title != null && now.isBefore(title.until());
    }
  }

  private void keep(String video, Optional<String> text, Instant now) {
    synchronized (known) {
      known.put(video, new Title(text, now.plus(text.isPresent() ? KEPT : NONE_KEPT)));
    }
  }
}
