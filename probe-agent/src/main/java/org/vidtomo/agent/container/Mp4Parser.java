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
  private long indexedMicros;
  private boolean hierarchical;
  private int indexes;
  private boolean index;
  private boolean indexLast;
  private boolean broken;

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
      case "sidx" -> sidx(box);
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
    List<Mp4Track> read = new ArrayList<>();
    for (Box trak : moov.children(0)) {
      if (trak.type().equals("trak")) {
        Mp4Track.read(trak).ifPresent(read::add);
      }
    }
    tracks = List.copyOf(read);
    durationMicros = movieDuration(moov);
    if (moov.child("mvex").isPresent()) {
      fragments = Optional.of(new Mp4Fragments(tracks, moov));
    }
    index = true;
    indexLast = scanner.afterMdat().isPresent();
  }

  private static OptionalLong movieDuration(Box moov) throws MalformedMediaException {
    Optional<Box> mvhd = moov.child("mvhd");
    if (mvhd.isEmpty()) {
      return OptionalLong.empty();
    }
    long timescale = mvhd.get().u32(mvhd.get().u8(0) == 1 ? 20 : 12);
    OptionalLong units = Mp4Track.duration(mvhd.get(), 24, 16);
    Optional<Box> mehd = moov.find("mvex", "mehd");
    if (units.isEmpty() && mehd.isPresent()) {
      units = Mp4Track.duration(mehd.get(), 4, 4);
    }
    return units.isEmpty() || timescale == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Mp4Track.scale(units.getAsLong(), timescale));
  }

  /** A segment index (§8.16.3); one that points to further ones counts what they will. */
  private void sidx(Box sidx) throws MalformedMediaException {
    long timescale = sidx.u32(8);
    int at = sidx.u8(0) == 0 ? 20 : 28;
    int count = sidx.u16(at + 2);
    long units = 0;
    for (int i = 0; i < count; i++) {
      hierarchical |= sidx.s32(at + 4 + 12 * i) < 0;
      units += sidx.u32(at + 8 + 12 * i);
    }
    boolean counted = hierarchical && indexes > 0;
    indexes++;
    if (timescale > 0 && !counted) {
      indexedMicros += Mp4Track.scale(units, timescale);
    }
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    boolean whole = total.isPresent() && received >= total.getAsLong();
    List<TimelinePoint> timeline = timeline(received, whole, ranges);
    return new ContainerInfo(
        "mp4",
        duration(whole),
        first(Mp4Track::width),
        first(Mp4Track::height),
        frameRate(),
        codec(true),
        codec(false),
        timeline);
  }

  /** Of several segment indexes each covers a part: only all of them tell the length. */
  private OptionalLong duration(boolean whole) {
    boolean indexed = indexedMicros > 0 && (indexes == 1 || hierarchical || whole);
    return durationMicros.isEmpty() && fragments.isPresent() && indexed
        ? OptionalLong.of(indexedMicros)
        : durationMicros;
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

  private List<TimelinePoint> timeline(long received, boolean whole, boolean ranges) {
    try {
      if (fragments.filter(Mp4Fragments::any).isPresent()) {
        return Timelines.merge(fragments.get().tracks(whole), received);
      }
      List<Timelines.Track> all = new ArrayList<>();
      for (Mp4Track track : tracks) {
        Optional<Mp4SampleTable> table = Mp4SampleTable.read(track.table());
        if (table.isPresent()) {
          all.add(table.get().steps(track, received));
        }
      }
      return late(Timelines.merge(all, received), received, ranges);
    } catch (MalformedMediaException e) {
      LOG.debug("No timeline reason=\"{}\"", e.getMessage());
      return List.of();
    }
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
}
