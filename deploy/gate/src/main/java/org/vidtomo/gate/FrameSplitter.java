package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** Cuts a stream into frames, however it comes in pieces. Holds one frame at the most. */
public final class FrameSplitter {
  /** AMQP 0-9-1, and no other protocol or version. */
  static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  private final int mostPayload;
  private final Sink sink;
  private boolean begun;
  private byte[] kept = new byte[0];
  private int taken;

  /** Takes what comes, in its order. */
  public interface Sink {
    /** The other side speaks this protocol. */
    default void begins() {}

    /** A whole frame. */
    void frame(Frame frame) throws RefusedException;
  }

  private FrameSplitter(int mostPayload, boolean begun, Sink sink) {
    this.mostPayload = mostPayload;
    this.begun = begun;
    this.sink = requireNonNull(sink, "sink");
  }

  /** Of one who connects: the protocol's name and version come first. */
  public static FrameSplitter ofClient(int mostPayload, Sink sink) {
    return new FrameSplitter(mostPayload, false, sink);
  }

  /** Of the broker, which sends frames only. */
  static FrameSplitter ofBroker(int mostPayload, Sink sink) {
    return new FrameSplitter(mostPayload, true, sink);
  }

  /**
   * Takes the next piece.
   *
   * @throws RefusedException when it is no frame or too large a one, as is all that follows then;
   *     or the sink refuses it
   */
  public void feed(byte[] piece) throws RefusedException {
    byte[] all = piece;
    if (kept.length > 0) {
      all = Arrays.copyOf(kept, kept.length + piece.length);
      System.arraycopy(piece, 0, all, kept.length, piece.length);
    }
    int at = 0;
    try {
      while (begun ? frame(all, at) : protocol(all, at)) {
        at += taken;
      }
    } catch (RefusedException e) {
      at += taken;
      throw e;
    } finally {
      kept = Arrays.copyOfRange(all, at, all.length);
    }
  }

  private boolean protocol(byte[] all, int at) throws RefusedException {
    taken = 0;
    int there = Math.min(PROTOCOL.length, all.length - at);
    if (Arrays.mismatch(all, at, at + there, PROTOCOL, 0, there) >= 0) {
      throw RefusedException.malformed("no AMQP 0-9-1");
    }
    if (there < PROTOCOL.length) {
      return false;
    }
    begun = true;
    taken = PROTOCOL.length;
    sink.begins();
    return true;
  }

  private boolean frame(byte[] all, int at) throws RefusedException {
    taken = 0;
    if (all.length - at < Frame.HEAD_BYTES) {
      return false;
    }
    int size = new Fields(all, at + 3, at + Frame.HEAD_BYTES).int32();
    if (size < 0 || size > mostPayload) {
      throw RefusedException.malformed(
          "a frame of %d bytes, over the %d allowed".formatted(size & 0xFFFF_FFFFL, mostPayload));
    }
    int end = at + Frame.HEAD_BYTES + size + 1;
    if (end > all.length) {
      return false;
    }
    if ((all[end - 1] & 0xFF) != Frame.END) {
      throw RefusedException.malformed("a frame without its end");
    }
    taken = end - at;
    sink.frame(new Frame(Arrays.copyOfRange(all, at, end)));
    return true;
  }
}
