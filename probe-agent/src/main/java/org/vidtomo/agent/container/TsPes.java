package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The packets of one elementary stream (ISO/IEC 13818-1 §2.4.3.6): when each is decoded and shown,
 * and where it ends. One without a time goes on the one before.
 */
final class TsPes {
  private static final int FIXED_HEADER = 9;
  private static final int TIMES = 10;

  private final TrackSamples samples;
  private final MediaClock clock;
  private final Optional<AudioFrames> frames;
  private final byte[] header = new byte[FIXED_HEADER + TIMES];
  private int have;
  private int headerLeft;
  private boolean inHeader;
  private boolean inSample;

  /**
   * A stream.
   *
   * @param frames what its packets hold, for codecs that put several frames into one
   */
  TsPes(TrackSamples samples, MediaClock.Timeline timeline, Optional<AudioFrames> frames) {
    this.samples = samples;
    this.frames = frames;
    this.clock = new MediaClock(timeline);
  }

  /**
   * Takes a packet's payload.
   *
   * @param end where in the file it ends
   */
  void accept(ByteBuffer payload, boolean begins, long end) {
    if (begins) {
      inHeader = true;
      have = 0;
    }
    if (inHeader) {
      int part = Math.min(payload.remaining(), header.length - have);
      payload.get(header, have, part);
      have += part;
      if (have < FIXED_HEADER || have < FIXED_HEADER + timeBytes()) {
        return;
      }
      inHeader = false;
      header(end);
      headerLeft = FIXED_HEADER + (header[8] & 0xff) - have;
      content(ByteBuffer.wrap(header, have + Math.min(0, headerLeft), Math.max(0, -headerLeft)));
    } else if (inSample) {
      samples.extendTo(end);
    }
    content(payload);
  }

  private void header(long end) {
    boolean packet =
        header[0] == 0 && header[1] == 0 && header[2] == 1 && (header[6] & 0xc0) == 0x80;
    if (packet && timeBytes() > 0) {
      long presentation = stamp(FIXED_HEADER);
      long decode = timeBytes() == TIMES ? stamp(FIXED_HEADER + 5) : presentation;
      // The two are less than a wrap apart.
      long delay = (presentation - decode) << 31 >> 31;
      long at = clock.next(decode);
      samples.add(end, clock.micros(at), clock.micros(at + delay));
      frames.ifPresent(AudioFrames::begin);
      inSample = true;
    } else if (inSample) {
      samples.extendTo(end);
    }
  }

  /** What is behind the header tells how many frames the sample is. */
  private void content(ByteBuffer payload) {
    int over = Math.min(Math.max(0, headerLeft), payload.remaining());
    payload.position(payload.position() + over);
    headerLeft -= over;
    if (frames.isEmpty() || !inSample) {
      return;
    }
    int before = frames.get().frames();
    frames.get().accept(payload);
    // The first frame is the sample itself.
    samples.more(Math.max(1, frames.get().frames()) - Math.max(1, before));
    samples.duration(frames.get().micros());
  }

  /** Bytes of time stamps in the header. */
  private int timeBytes() {
    int flags = header[7] >> 6 & 3;
    boolean has = (header[6] & 0xc0) == 0x80 && flags >= 2;
    return !has ? 0 : flags == 3 && (header[8] & 0xff) >= TIMES ? TIMES : TIMES / 2;
  }

  private long stamp(int at) {
    return (header[at] & 0xeL) << 29
        | (header[at + 1] & 0xffL) << 22
        | (header[at + 2] & 0xfeL) << 14
        | (header[at + 3] & 0xffL) << 7
        | (header[at + 4] & 0xffL) >> 1;
  }
}
