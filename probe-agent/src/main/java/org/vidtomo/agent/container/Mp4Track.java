package org.vidtomo.agent.container;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A track as its header describes it (ISO/IEC 14496-12 §8.3 to §8.5).
 *
 * @param enabled to be played unless its viewer says otherwise
 * @param timescale units a second, over 0
 * @param durationUnits absent when the header does not know
 * @param unknowable the header says that the length cannot be known
 * @param shiftMicros added to composition times by the edit list
 * @param table the sample table
 */
record Mp4Track(
    long id,
    boolean enabled,
    boolean video,
    long timescale,
    OptionalLong durationUnits,
    boolean unknowable,
    long shiftMicros,
    Optional<String> codec,
    OptionalInt width,
    OptionalInt height,
    Box table) {

  /** A track of sound or pictures; others do not hold playing back. */
  static Optional<Mp4Track> read(Box trak, long movieTimescale) throws MalformedMediaException {
    Optional<Box> tkhd = trak.child("tkhd");
    Optional<Box> mdhd = trak.find("mdia", "mdhd");
    Optional<Box> hdlr = trak.find("mdia", "hdlr");
    Optional<Box> table = trak.find("mdia", "minf", "stbl");
    if (tkhd.isEmpty() || mdhd.isEmpty() || hdlr.isEmpty() || table.isEmpty()) {
      return Optional.empty();
    }
    String handler = hdlr.get().fourCc(8);
    long timescale = mdhd.get().u32(mdhd.get().u8(0) == 1 ? 20 : 12);
    if (timescale == 0 || !(handler.equals("vide") || handler.equals("soun"))) {
      return Optional.empty();
    }
    boolean video = handler.equals("vide");
    Optional<Box> entry = firstEntry(table.get());
    return Optional.of(
        new Mp4Track(
            tkhd.get().u32(tkhd.get().u8(0) == 1 ? 20 : 12),
            (tkhd.get().u8(3) & 1) != 0,
            video,
            timescale,
            duration(mdhd.get(), 24, 16),
            allOnes(mdhd.get(), 24, 16),
            Mp4Edits.shiftMicros(trak, movieTimescale, timescale),
            codec(entry),
            picture(entry, video, 24),
            picture(entry, video, 26),
            table.get()));
  }

  /** All ones, like zero, means that the length is not known (§8.2.2). */
  static OptionalLong duration(Box header, int at64, int at32) throws MalformedMediaException {
    if (allOnes(header, at64, at32)) {
      return OptionalLong.empty();
    }
    long units = header.u8(0) == 1 ? header.u64(at64) : header.u32(at32);
    return units == 0 ? OptionalLong.empty() : OptionalLong.of(units);
  }

  /** Of 64 bits often only the upper half is all ones, or the number is no real one. */
  private static boolean allOnes(Box header, int at64, int at32) throws MalformedMediaException {
    return header.u32(header.u8(0) == 1 ? at64 : at32) == 0xffff_ffffL;
  }

  private static Optional<Box> firstEntry(Box table) throws MalformedMediaException {
    Optional<Box> stsd = table.child("stsd");
    if (stsd.isEmpty() || stsd.get().length() < 16) {
      return Optional.empty();
    }
    List<Box> entries = stsd.get().children(8);
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0));
  }

  private static Optional<String> codec(Optional<Box> entry) {
    return entry
        .map(Box::type)
        .filter(type -> type.matches("[A-Za-z0-9 ._-]{4}"))
        .map(String::strip);
  }

  private static OptionalInt picture(Optional<Box> entry, boolean video, int at)
      throws MalformedMediaException {
    if (!video || entry.isEmpty() || entry.get().length() < at + 2) {
      return OptionalInt.empty();
    }
    int pixels = entry.get().u16(at);
    return pixels > 0 ? OptionalInt.of(pixels) : OptionalInt.empty();
  }

  /** Units of this track in microseconds; times beyond 290,000 years are cut there. */
  long micros(long units) {
    return scale(units, timescale);
  }

  /** When media of this composition time is shown. */
  long shownMicros(long units) {
    return units < 0 ? shiftMicros - micros(-units) : shiftMicros + micros(units);
  }

  static long scale(long units, long timescale) {
    double estimate = units * 1e6 / timescale;
    if (estimate > Long.MAX_VALUE / 4.0) {
      return Long.MAX_VALUE / 4;
    }
    return units / timescale * 1_000_000 + units % timescale * 1_000_000 / timescale;
  }

  /** Pictures a second, where the sample table says how many there are. */
  OptionalDouble frameRate() throws MalformedMediaException {
    Optional<Box> stts = table.child("stts");
    if (!video || stts.isEmpty() || durationUnits.isEmpty()) {
      return OptionalDouble.empty();
    }
    long samples = 0;
    long units = 0;
    int entries = stts.get().count(4, 8);
    for (int i = 0; i < entries; i++) {
      long count = stts.get().u32(8 + 8 * i);
      samples += count;
      units += Math.min(count * stts.get().u32(12 + 8 * i), Long.MAX_VALUE >> 32);
    }
    if (samples == 0 || units <= 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.round(samples * 1000.0 * timescale / units) / 1000.0);
  }
}
