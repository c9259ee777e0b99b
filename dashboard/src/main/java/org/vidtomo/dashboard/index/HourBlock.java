package org.vidtomo.dashboard.index;

import java.util.List;

/**
 * An hour's measurements on their own: the numbers in the columns are places in these tables.
 *
 * @param columns in the order of video, agent and slot, so that a cell's rows lie together
 */
record HourBlock(
    List<Line> lines,
    List<String> videos,
    List<Origin> origins,
    List<CacheHost> caches,
    List<Ending> endings,
    List<String> resolvers,
    Columns columns) {
  HourBlock {
    lines = List.copyOf(lines);
    videos = List.copyOf(videos);
    origins = List.copyOf(origins);
    caches = List.copyOf(caches);
    endings = List.copyOf(endings);
    resolvers = List.copyOf(resolvers);
  }
}
