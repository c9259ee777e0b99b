package org.vidtomo.agent.container;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Collects the samples of movie fragments (ISO/IEC 14496-12 §8.8) as they come. */
final class Mp4Fragments {
  /** Runs may name millions of samples in a few bytes. */
  private static final int MAX_SAMPLES = 1 << 22;

  private static final long MAX_UNITS = Long.MAX_VALUE / 4;

  private static final class Track {
    final Mp4Track header;
    final TrackSamples samples = new TrackSamples(0);
    long defaultDuration;
    long defaultSize;
    long units;

    Track(Mp4Track header) {
      this.header = header;
    }

    void add(long end, long delay, long duration) {
      samples.add(end, header.micros(units), header.shownMicros(units + delay));
      samples.duration(header.micros(duration));
      units = Math.min(units + duration, MAX_UNITS);
    }
  }

  /** What a track fragment's header sets for its runs. */
  private record Defaults(long base, long duration, long size) {}

  private final Map<Long, Track> tracks = new HashMap<>();
  private int samples;
  private boolean any;

  Mp4Fragments(List<Mp4Track> headers, Box moov) throws MalformedMediaException {
    headers.forEach(header -> tracks.put(header.id(), new Track(header)));
    Optional<Box> mvex = moov.child("mvex");
    if (mvex.isPresent()) {
      for (Box trex : mvex.get().children(0)) {
        Track track = trex.type().equals("trex") ? tracks.get(trex.u32(4)) : null;
        if (track != null) {
          track.defaultDuration = trex.u32(12);
          track.defaultSize = trex.u32(16);
        }
      }
    }
  }

  /**
   * Takes a fragment.
   *
   * @param start where its moof begins in the file
   */
  void add(Box moof, long start) throws MalformedMediaException {
    any = true;
    long next = start;
    for (Box traf : moof.children(0)) {
      if (traf.type().equals("traf")) {
        next = addTrack(traf, start, next);
      }
    }
  }

  /** Any fragment was there. */
  boolean any() {
    return any;
  }

  private long addTrack(Box traf, long moofStart, long implicitBase)
      throws MalformedMediaException {
    Optional<Box> tfhd = traf.child("tfhd");
    Track track = tfhd.isEmpty() ? null : tracks.get(tfhd.get().u32(4));
    if (track == null) {
      return implicitBase;
    }
    Defaults defaults = defaults(tfhd.get(), track, moofStart, implicitBase);
    Optional<Box> tfdt = traf.child("tfdt");
    if (tfdt.isPresent()) {
      long units = tfdt.get().u8(0) == 1 ? tfdt.get().u64(4) : tfdt.get().u32(4);
      track.units = Math.min(units, MAX_UNITS);
    }
    long end = defaults.base();
    for (Box trun : traf.children(0)) {
      if (trun.type().equals("trun")) {
        end = addRun(trun, track, defaults, end);
      }
    }
    return end;
  }

  /** Without a base of its own a track's data follow those before (§8.8.7). */
  private static Defaults defaults(Box tfhd, Track track, long moofStart, long implicitBase)
      throws MalformedMediaException {
    int flags = tfhd.s32(0) & 0xff_ffff;
    int at = 8;
    long base = (flags & 0x2_0000) != 0 ? moofStart : implicitBase;
    if ((flags & 0x1) != 0) {
      base = tfhd.u64(at);
      at += 8;
    }
    at += (flags & 0x2) != 0 ? 4 : 0;
    long duration = track.defaultDuration;
    if ((flags & 0x8) != 0) {
      duration = tfhd.u32(at);
      at += 4;
    }
    long size = (flags & 0x10) != 0 ? tfhd.u32(at) : track.defaultSize;
    return new Defaults(base, duration, size);
  }

  private long addRun(Box trun, Track track, Defaults defaults, long continued)
      throws MalformedMediaException {
    int flags = trun.s32(0) & 0xff_ffff;
    int entryBytes = 4 * Integer.bitCount(flags & 0xf00);
    int count = trun.count(4, entryBytes);
    int at = 8;
    long position = continued;
    if ((flags & 0x1) != 0) {
      position = defaults.base() + trun.s32(at);
      at += 4;
    }
    at += (flags & 0x4) != 0 ? 4 : 0;
    boolean hasDuration = (flags & 0x100) != 0;
    boolean hasDelay = (flags & 0x800) != 0;
    boolean hasSize = (flags & 0x200) != 0;
    for (int i = 0; i < count; i++, at += entryBytes) {
      if (++samples > MAX_SAMPLES) {
        throw new MalformedMediaException("more than " + MAX_SAMPLES + " samples");
      }
      long duration = hasDuration ? trun.u32(at) : defaults.duration();
      position += hasSize ? trun.u32(at + (hasDuration ? 4 : 0)) : defaults.size();
      long delay = hasDelay ? trun.s32(at + entryBytes - 4) : 0;
      track.add(Math.max(0, position), delay, duration);
    }
    return position;
  }

  /** The samples so far, of pictures first. */
  List<TrackSamples> samples() {
    return tracks.values().stream()
        .sorted(Comparator.comparing(track -> !track.header.video()))
        .map(track -> track.samples)
        .toList();
  }

  OptionalDouble frameRate() {
    return tracks.values().stream()
        .filter(track -> track.header.video())
        .map(track -> track.samples.rate())
        .findFirst()
        .orElse(OptionalDouble.empty());
  }
}
