package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.index.Columns.Whole;
import org.vidtomo.storage.MeasurementReader.Spot;

/** Looks at the rows of some videos. One use; not thread-safe. */
final class VideoScan implements Rows.Visitor {
  private final Names names;
  private final Found[] found;
  private Columns columns;
  private Instant hour;

  /** Of one video. */
  private static final class Found {
    private final BitSet lines = new BitSet();
    private int measurements;
    private Instant latest = Instant.MIN;
    private Optional<Spot> played = Optional.empty();
    private Optional<Spot> any = Optional.empty();
  }

  private VideoScan(Names names, Collection<Integer> videos) {
    this.names = names;
    found = new Found[names.videos().length];
    videos.forEach(video -> found[video] = new Found());
  }

  /**
   * Those that were measured most, from a place in that order on.
   *
   * @param after the video before; empty: from the beginning
   */
  static List<VideoUse> most(Rows rows, Optional<VideoPlace> after, int wanted) {
    Names names = rows.snapshot().names();
    int[] counts = new int[names.videos().length];
    rows.each(new Counting(counts));
    Function<Integer, VideoPlace> place =
        video -> new VideoPlace(counts[video], names.videos()[video]);
    List<Integer> chosen =
        IntStream.range(0, counts.length)
            .filter(video -> counts[video] > 0)
            .boxed()
            .filter(video -> after.map(p -> p.isBefore(place.apply(video))).orElse(true))
            .sorted(Comparator.comparing(place, VideoPlace.ORDER))
            .limit(wanted)
            .toList();
    VideoScan scan = new VideoScan(names, chosen);
    rows.each(scan);
    return chosen.stream().map(scan::use).toList();
  }

  /** Where the latest measurement of each of these is, one that played if there is one. */
  static Map<String, Spot> latest(Rows rows, Collection<String> videos) {
    Names names = rows.snapshot().names();
    Set<String> wanted = new HashSet<>(videos);
    List<Integer> chosen =
        IntStream.range(0, names.videos().length)
            .filter(video -> wanted.contains(names.videos()[video]))
            .boxed()
            .toList();
    VideoScan scan = new VideoScan(names, chosen);
    rows.each(scan);
    Map<String, Spot> spots = new HashMap<>();
    for (int video : chosen) {
      Found of = scan.found[video];
      of.played.or(() -> of.any).ifPresent(spot -> spots.put(names.videos()[video], spot));
    }
    return spots;
  }

  @Override
  public void begin(Segment segment) {
    columns = segment.columns();
    hour = segment.hour();
  }

  @Override
  public void row(int row, boolean leftOut) {
    Found of = found[columns.whole(Whole.VIDEO)[row]];
    if (of == null) {
      return;
    }
    of.measurements++;
    of.lines.set(columns.whole(Whole.LINE)[row]);
    byte state = columns.state()[row];
    Spot spot = new Spot(hour.plusMillis(columns.whole(Whole.MILLIS)[row]), State.shard(state));
    boolean later = !spot.slot().isBefore(of.latest);
    of.latest = later ? spot.slot() : of.latest;
    of.any = later ? Optional.of(spot) : of.any;
    if (State.of(state) == State.OK
        && of.played.filter(before -> before.slot().isAfter(spot.slot())).isEmpty()) {
      of.played = Optional.of(spot);
    }
  }

  @Override
  public void end() {}

  private VideoUse use(int video) {
    Found of = found[video];
    int[] agents = of.lines.stream().map(line -> names.agentOf()[line]).distinct().toArray();
    long providers =
        of.lines.stream()
            .mapToObj(line -> names.lines()[line].provider())
            .flatMap(Optional::stream)
            .distinct()
            .count();
    return new VideoUse(
        names.videos()[video], of.measurements, agents.length, (int) providers, of.latest);
  }

  private static final class Counting implements Rows.Visitor {
    private final int[] counts;
    private int[] videos;

    private Counting(int[] counts) {
      this.counts = counts;
    }

    @Override
    public void begin(Segment segment) {
      videos = segment.columns().whole(Whole.VIDEO);
    }

    @Override
    public void row(int row, boolean leftOut) {
      counts[videos[row]]++;
    }

    @Override
    public void end() {}
  }
}
