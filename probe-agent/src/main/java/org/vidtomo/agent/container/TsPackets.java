package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds the packets of a transport stream (ISO/IEC 13818-1 §2.4.3.2): bare, with a time stamp of 4
 * bytes before each (Blu-ray), or with 16 bytes of error correction behind. Junk between packets is
 * passed over.
 */
final class TsPackets {
  static final int PACKET = 188;

  /** From one packet to the next. */
  private static final List<Integer> DISTANCES = List.of(PACKET, 192, 204);

  private static final int LONGEST = 204;
  private static final int SYNC = 0x47;

  /** So many packets in a row are no accident. */
  private static final int IN_A_ROW = 4;

  private static final int WINDOW = 16 * LONGEST;
  private static final int MAX_HUNTED = 64 << 10;

  /** Takes packets. */
  interface Listener {
    /**
     * A packet is whole.
     *
     * @param end where in the file it ends
     */
    void packet(ByteBuffer packet, long end);
  }

  private final Listener listener;
  private final byte[] window = new byte[WINDOW];
  private int have;
  private long position;
  private int distance;
  private boolean aligned;
  private int skip;
  private int hunted;

  TsPackets(Listener listener) {
    this.listener = listener;
  }

  /** Whether these bytes hold the packets of a transport stream, from the first or further on. */
  static boolean in(byte[] bytes, int length) {
    for (int at = 0; at < length; at++) {
      if (distanceAt(bytes, at, length) > 0) {
        return true;
      }
    }
    return false;
  }

  /** From one to the next of the packets in a row that begin here; 0 when they are too few. */
  private static int distanceAt(byte[] bytes, int from, int length) {
    for (int distance : DISTANCES) {
      int packets = 0;
      for (int at = from; at < length && bytes[at] == SYNC; at += distance) {
        packets++;
      }
      if (packets >= IN_A_ROW) {
        return distance;
      }
    }
    return 0;
  }

  void accept(ByteBuffer in) {
    while (in.hasRemaining()) {
      int part = Math.min(in.remaining(), WINDOW - have);
      in.get(window, have, part);
      have += part;
      position += part;
      int used = packets();
      System.arraycopy(window, used, window, 0, have - used);
      have -= used;
    }
  }

  /** Gives out the packets in the window; returns how many bytes are of no more use. */
  private int packets() {
    int at = 0;
    while (at < have) {
      if (skip > 0) {
        int over = Math.min(skip, have - at);
        skip -= over;
        at += over;
      } else if (!aligned) {
        if (have - at <= (distance == 0 ? (IN_A_ROW - 1) * LONGEST : distance)) {
          return at;
        }
        aligned = begins(at);
        at += aligned ? 0 : 1;
      } else if (window[at] != SYNC) {
        aligned = false;
      } else if (have - at < PACKET) {
        return at;
      } else {
        ByteBuffer packet = ByteBuffer.wrap(window, at, PACKET).slice();
        listener.packet(packet, position - have + at + PACKET);
        at += PACKET;
        skip = distance - PACKET;
      }
    }
    return at;
  }

  /** At first several packets in a row are asked for, later two. */
  private boolean begins(int at) {
    if (++hunted > MAX_HUNTED) {
      distance = 0;
      hunted = 0;
      return false;
    }
    if (distance == 0) {
      distance = distanceAt(window, at, have);
      return distance > 0;
    }
    boolean two = window[at] == SYNC && window[at + distance] == SYNC;
    hunted = two ? 0 : hunted;
    return two;
  }
}
