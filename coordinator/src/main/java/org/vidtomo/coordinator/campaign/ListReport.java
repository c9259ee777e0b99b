package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What the lines of a list were. One that is wrong is no part of it: then nothing begins, and the
 * error names the line.
 *
 * @param lines in all
 * @param videos different ones that are visited, those of listings included
 * @param listings channels, playlists and the like among them
 * @param duplicates that named a video which came before
 * @param beyond that named one more than the campaign was to visit
 */
public record ListReport(
    long lines,
    long videos,
    long listings,
    Lines blank,
    Lines comments,
    Lines duplicates,
    Lines beyond) {
  /** Further line numbers are counted only. */
  public static final int MAX_NUMBERS = 100;

  public ListReport {
    requireNonNull(blank, "blank");
    requireNonNull(comments, "comments");
    requireNonNull(duplicates, "duplicates");
    requireNonNull(beyond, "beyond");
  }

  /** The same with the videos that its listings named. */
  ListReport withVideos(long newVideos) {
    return new ListReport(lines, newVideos, listings, blank, comments, duplicates, beyond);
  }

  /**
   * Lines of one kind.
   *
   * @param first their numbers, from 1, at most {@link #MAX_NUMBERS}
   */
  public record Lines(long count, List<Long> first) {
    public Lines {
      first = List.copyOf(first);
    }
  }

  /** Counts lines of one kind. */
  static final class Counter {
    private final List<Long> first = new ArrayList<>();
    private long count;

    void add(long number) {
      if (count++ < MAX_NUMBERS) {
        first.add(number);
      }
    }

    Lines lines() {
      return new Lines(count, first);
    }
  }
}
