package org.vidtomo.agent.container;

import java.nio.ByteBuffer;

/**
 * The packets of one elementary stream (ISO/IEC 13818-1 §2.4.3.6): when each is decoded and shown,
 * and where it ends. One without a time goes on the one before.
 */
final class TsPes {
  private static final int FIXED_HEADER = 9;
  private static final int TIMES = 10;

  private final TrackSamples samples;
  private final MediaClock clock;
  private final byte[] header = new byte[FIXED_HEADER + TIMES];
  private int have;
  private boolean inHeader;
  private boolean inSample;

  TsPes(TrackSamples samples, MediaClock.Timeline timeline) {
    this.samples = samples;
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
      header(end);
    } else if (inSample) {
      samples.extendTo(end);
    }
  }

  private void header(long end) {
    if (have < FIXED_HEADER || have < FIXED_HEADER + timeBytes()) {
      return;
    }
    inHeader = false;
    boolean packet =
        header[0] == 0 && header[1] == 0 && header[2] == 1 && (header[6] & 0xc0) == 0x80;
    if (packet && timeBytes() > 0) {
      long presentation = stamp(FIXED_HEADER);
      long decode = timeBytes() == TIMES ? stamp(FIXED_HEADER + 5) : presentation;
      // The two are less than a wrap apart.
      long delay = (presentation - decode) << 31 >> 31;
      long at = clock.next(decode);
      samples.add(end, clock.micros(at), clock.micros(at + delay));
      inSample = true;
    } else if (inSample) {
      samples.extendTo(end);
    }
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
