package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.report.TimelinePoint;

/**
 * MP4 and its family (ISO/IEC 14496-12): index first, index last (then its bytes are asked for
 * apart), and fragmented.
 */
final class Mp4Parser implements ContainerParser {
  private static final Logger LOG = LoggerFactory.getLogger(Mp4Parser.class);
  private static final Map<String, Integer> WANTED =
      Map.of("moov", ContainerReader.MAX_INDEX_BYTES, "moof", 1 << 20, "sidx", 1 << 20);

  private final BoxScanner scanner = new BoxScanner(0, WANTED, this::box);
  private List<Mp4Track> tracks = List.of();
  private Optional<Mp4Fragments> fragments = Optional.empty();
  private OptionalLong durationMicros = OptionalLong.empty();
  private final Mp4SegmentIndex segments = new Mp4SegmentIndex();
  private boolean index;
  private boolean indexLast;
  private boolean broken;
  private List<TrackSamples> samples = List.of();

  @Override
  public void accept(ByteBuffer bytes) {
    scan(scanner, bytes);
  }

  /** Takes the end of the file, fetched apart, from where the index should be. */
  void acceptIndex(long position, ByteBuffer bytes) {
    scan(new BoxScanner(position, WANTED, this::box), bytes);
  }

  /** Where the index should be, when the media data came before it. */
  OptionalLong missingIndexAt() {
    return index || broken ? OptionalLong.empty() : scanner.afterMdat();
  }

  private void scan(BoxScanner boxes, ByteBuffer bytes) {
    if (broken) {
      return;
    }
    try {
      boxes.accept(bytes);
    } catch (MalformedMediaException e) {
      broken = true;
      LOG.debug("Malformed MP4, what was read before is kept reason=\"{}\"", e.getMessage());
    }
  }

  private void box(Box box, long start, long end) throws MalformedMediaException {
    switch (box.type()) {
      case "moov" -> moov(box);
      case "sidx" -> segments.add(box);
      case "moof" -> {
        if (fragments.isPresent()) {
          fragments.get().add(box, start);
        }
      }
      default -> throw new IllegalStateException("not asked for: " + box.type());
    }
  }

  private void moov(Box moov) throws MalformedMediaException {
    if (index) {
      return;
    }
    Optional<Box> mvhd = moov.child("mvhd");
    long timescale = mvhd.isEmpty() ? 0 : mvhd.get().u32(mvhd.get().u8(0) == 1 ? 20 : 12);
    List<Mp4Track> read = new ArrayList<>();
    for (Box trak : moov.children(0)) {
      if (trak.type().equals("trak")) {
        Mp4Track.read(trak, timescale).ifPresent(read::add);
      }
    }
    tracks = played(read);
    durationMicros = timescale == 0 ? OptionalLong.empty() : duration(mvhd.get(), moov, timescale);
    if (moov.child("mvex").isPresent()) {
      fragments = Optional.of(new Mp4Fragments(tracks, moov));
    }
    index = true;
    indexLast = scanner.afterMdat().isPresent();
  }

  /** A player takes one track of each kind: the first that is enabled, else the first. */
  private static List<Mp4Track> played(List<Mp4Track> tracks) {
    return Stream.of(true, false)
        .map(video -> tracks.stream().filter(track -> track.video() == video).toList())
        .filter(kind -> !kind.isEmpty())
        .map(kind -> kind.stream().filter(Mp4Track::enabled).findFirst().orElse(kind.get(0)))
        .toList();
  }

  private OptionalLong duration(Box mvhd, Box moov, long timescale) throws MalformedMediaException {
    OptionalLong units = Mp4Track.duration(mvhd, 24, 16);
    Optional<Box> mehd = moov.find("mvex", "mehd");
    if (units.isEmpty() && mehd.isPresent()) {
      units = Mp4Track.duration(mehd.get(), 4, 4);
    }
    return units.isPresent()
        ? OptionalLong.of(Mp4Track.scale(units.getAsLong(), timescale))
        : tracks.stream()
            .filter(track -> track.durationUnits().isPresent())
            .mapToLong(track -> track.micros(track.durationUnits().getAsLong()))
            .max();
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    boolean whole = total.isPresent() && received >= total.getAsLong();
    List<Timelines.Track> read = tracks(received, whole);
    return new ContainerInfo(
        "mp4",
        duration(read, whole),
        first(Mp4Track::width),
        first(Mp4Track::height),
        frameRate(),
        codec(true),
        codec(false),
        late(Timelines.merge(read, received), received, ranges));
  }

  /**
   * Of several segment indexes each covers a part: only all of them tell the length. A header that
   * gives no length leaves it to the fragments, when all are there (§8.8.1), unless it says that
   * the length cannot be known.
   */
  private OptionalLong duration(List<Timelines.Track> read, boolean whole) {
    if (durationMicros.isPresent() || fragments.isEmpty()) {
      return durationMicros;
    }
    OptionalLong indexed = segments.durationMicros(whole);
    if (indexed.isPresent()) {
      return indexed;
    }
    boolean unknowable = tracks.stream().anyMatch(Mp4Track::unknowable);
    return whole && !unknowable ? Timelines.durationMicros(read) : OptionalLong.empty();
  }

  private OptionalInt first(Function<Mp4Track, OptionalInt> property) {
    return tracks.stream()
        .map(property)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private Optional<String> codec(boolean video) {
    return tracks.stream().filter(t -> t.video() == video).findFirst().flatMap(Mp4Track::codec);
  }

  private OptionalDouble frameRate() {
    if (fragments.filter(Mp4Fragments::any).isPresent()) {
      return fragments.get().frameRate();
    }
    try {
      for (Mp4Track track : tracks) {
        if (track.video()) {
          return track.frameRate();
        }
      }
    } catch (MalformedMediaException e) {
      LOG.debug("No frame rate reason=\"{}\"", e.getMessage());
    }
    return OptionalDouble.empty();
  }

  private List<Timelines.Track> tracks(long received, boolean whole) {
    if (fragments.filter(Mp4Fragments::any).isPresent()) {
      samples = fragments.get().samples();
      return Timelines.interleaved(
          samples.stream().map(track -> track.track(whole, false)).toList());
    }
    List<Timelines.Track> read = new ArrayList<>();
    List<TrackSamples> added = new ArrayList<>();
    try {
      for (Mp4Track track : tracks) {
        Optional<Mp4SampleTable> table = Mp4SampleTable.read(track.table());
        if (table.isPresent()) {
          TrackSamples to = new TrackSamples(0);
          boolean all = table.get().addTo(to, track, received);
          added.add(to);
          read.add(to.track(all, false));
        }
      }
    } catch (MalformedMediaException e) {
      LOG.debug("No timeline reason=\"{}\"", e.getMessage());
      return List.of();
    }
    samples = List.copyOf(added);
    return read;
  }

  /**
   * A player that can ask for ranges reads an index at the end first; where the server has none to
   * give, nothing plays before the last byte.
   */
  private List<TimelinePoint> late(List<TimelinePoint> timeline, long received, boolean ranges) {
    if (!indexLast || ranges || timeline.isEmpty()) {
      return timeline;
    }
    return List.of(new TimelinePoint(received, timeline.get(timeline.size() - 1).mediaMicros()));
  }

  @Override
  public List<TrackSamples> samples() {
    return samples;
  }
}
