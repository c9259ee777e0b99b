package org.vidtomo.agent.container;

import java.util.Optional;

/**
 * Walks a track's samples in decoding order: where each ends in the file, and the media time that
 * is then complete (ISO/IEC 14496-12 §8.6.1, §8.7). Chunk by chunk, without unfolding the tables.
 */
final class Mp4SampleTable {
  /** Tables may name thousands of millions in a few bytes. Four days of AAC take as many. */
  private static final long MAX_SAMPLES = 1 << 24;

  private static final long MAX_OFFSET = Long.MAX_VALUE / 2;

  private final Box times;
  private final Box chunks;
  private final Box offsets;
  private final Box sizes;
  private final boolean wide;
  private final boolean compact;
  private final long samples;
  private final long chunkCount;

  private final Optional<Box> delays;
  private int delayEntry;
  private long delayLeft;
  private long delay;
  private int timeEntry;
  private long timeLeft;
  private long timeDelta;
  private int chunkEntry;
  private long sample;
  private long units;

  private Mp4SampleTable(Box times, Box chunks, Box offsets, Box sizes, Optional<Box> delays)
      throws MalformedMediaException {
    this.times = times;
    this.chunks = chunks;
    this.offsets = offsets;
    this.sizes = sizes;
    this.delays = delays;
    this.wide = offsets.type().equals("co64");
    this.compact = sizes.type().equals("stz2");
    this.chunkCount = offsets.count(4, wide ? 8 : 4);
    times.count(4, 8);
    chunks.count(4, 12);
    this.samples = sampleCount();
  }

  /** The table of a track; empty when it has no samples of its own, as in fragmented files. */
  static Optional<Mp4SampleTable> read(Box table) throws MalformedMediaException {
    Optional<Box> stts = table.child("stts");
    Optional<Box> stsc = table.child("stsc");
    Optional<Box> stco = table.child("stco").or(() -> quietly(table, "co64"));
    Optional<Box> stsz = table.child("stsz").or(() -> quietly(table, "stz2"));
    if (stts.isEmpty() || stsc.isEmpty() || stco.isEmpty() || stsz.isEmpty()) {
      return Optional.empty();
    }
    Mp4SampleTable read =
        new Mp4SampleTable(stts.get(), stsc.get(), stco.get(), stsz.get(), table.child("ctts"));
    return read.samples == 0 || read.chunkCount == 0 ? Optional.empty() : Optional.of(read);
  }

  private static Optional<Box> quietly(Box table, String type) {
    try {
      return table.child(type);
    } catch (MalformedMediaException e) {
      return Optional.empty();
    }
  }

  private long sampleCount() throws MalformedMediaException {
    if (compact) {
      int bits = sizes.u8(7);
      if (bits != 4 && bits != 8 && bits != 16) {
        throw new MalformedMediaException("'stz2' has entries of " + bits + " bits");
      }
      long count = sizes.u32(8);
      if (count > (sizes.length() - 12L) * 8 / bits) {
        throw new MalformedMediaException("'stz2' holds fewer entries than it says");
      }
      return count;
    }
    return sizes.u32(4) == 0 ? sizes.count(8, 4) : sizes.u32(8);
  }

  private long size(long index) throws MalformedMediaException {
    int i = (int) index;
    if (compact) {
      int bits = sizes.u8(7);
      if (bits == 4) {
        int pair = sizes.u8(12 + i / 2);
        return i % 2 == 0 ? pair >> 4 : pair & 0xf;
      }
      return bits == 8 ? sizes.u8(12 + i) : sizes.u16(12 + 2 * i);
    }
    long same = sizes.u32(4);
    return same != 0 ? same : sizes.u32(12 + 4 * i);
  }

  /**
   * Adds the samples that end within so many bytes, and one more, until which the last of them
   * lasts.
   *
   * @return they are all there are
   */
  boolean addTo(TrackSamples track, Mp4Track header, long limitBytes)
      throws MalformedMediaException {
    for (long chunk = 1; chunk <= chunkCount && sample < samples; chunk++) {
      long at =
          wide
              ? Math.min(MAX_OFFSET, offsets.u64(8 + 8 * (int) (chunk - 1)))
              : offsets.u32(8 + 4 * (int) (chunk - 1));
      if (!chunk(track, header, at, samplesIn(chunk), limitBytes)) {
        return false;
      }
    }
    return true;
  }

  private boolean chunk(
      TrackSamples track, Mp4Track header, long start, long count, long limitBytes)
      throws MalformedMediaException {
    long at = start;
    for (long i = 0; i < count && sample < samples; i++) {
      if (sample >= MAX_SAMPLES) {
        throw new MalformedMediaException("more than " + MAX_SAMPLES + " samples");
      }
      at += size(sample);
      track.add(at, header.micros(units), header.shownMicros(units + delay()));
      long delta = nextDelta();
      track.duration(header.micros(delta));
      units += delta;
      sample++;
      if (at > limitBytes) {
        return false;
      }
    }
    return true;
  }

  /** From decoding to showing; asked only where it tells when a track begins (§8.6.1.3). */
  private long delay() throws MalformedMediaException {
    if (delays.isEmpty() || sample >= TrackSamples.FIRST_SAMPLES) {
      return 0;
    }
    int entries = delays.get().count(4, 8);
    while (delayLeft == 0 && delayEntry < entries) {
      delayLeft = delays.get().u32(8 + 8 * delayEntry);
      delay = delays.get().s32(12 + 8 * delayEntry);
      delayEntry++;
    }
    delayLeft = Math.max(0, delayLeft - 1);
    return delay;
  }

  private long samplesIn(long chunk) throws MalformedMediaException {
    int entries = chunks.count(4, 12);
    while (chunkEntry + 1 < entries && chunks.u32(8 + 12 * (chunkEntry + 1)) <= chunk) {
      chunkEntry++;
    }
    return entries == 0 ? 0 : chunks.u32(12 + 12 * chunkEntry);
  }

  private long nextDelta() throws MalformedMediaException {
    int entries = times.count(4, 8);
    while (timeLeft == 0 && timeEntry < entries) {
      timeLeft = times.u32(8 + 8 * timeEntry);
      timeDelta = times.u32(12 + 8 * timeEntry);
      timeEntry++;
    }
    if (timeLeft > 0) {
      timeLeft--;
    }
    return timeDelta;
  }
}
