package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Cuts a stream into frames, however it comes in pieces. Between pieces it holds less than one
 * frame, and no byte is moved more than a few times, however small the pieces are.
 */
public final class FrameSplitter {
  /** AMQP 0-9-1, and no other protocol or version. */
  static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  private final int mostPayload;
  private final Sink sink;
  private boolean begun;
  private byte[] held = new byte[0];
  private int size;
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
    append(piece);
    int at = 0;
    try {
      while (begun ? frame(at) : protocol(at)) {
        at += taken;
      }
    } catch (RefusedException e) {
      at += taken;
      throw e;
    } finally {
      size -= at;
      System.arraycopy(held, at, held, 0, at == 0 ? 0 : size);
    }
  }

  private void append(byte[] piece) {
    if (piece.length > held.length - size) {
      held = Arrays.copyOf(held, Math.max(size + piece.length, 2 * size));
    }
    System.arraycopy(piece, 0, held, size, piece.length);
    size += piece.length;
  }

  private boolean protocol(int at) throws RefusedException {
    taken = 0;
    int there = Math.min(PROTOCOL.length, size - at);
    if (Arrays.mismatch(held, at, at + there, PROTOCOL, 0, there) >= 0) {
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

  private boolean frame(int at) throws RefusedException {
    taken = 0;
    if (size - at < Frame.HEAD_BYTES) {
      return false;
    }
    int payload = new Fields(held, at + 3, at + Frame.HEAD_BYTES).int32();
    if (payload < 0 || payload > mostPayload) {
      throw RefusedException.malformed(
          "a frame of %d bytes, over the %d allowed"
              .formatted(payload & 0xFFFF_FFFFL, mostPayload));
    }
    int end = at + Frame.HEAD_BYTES + payload + 1;
    if (end > size) {
      return false;
    }
    if ((held[end - 1] & 0xFF) != Frame.END) {
      throw RefusedException.malformed("a frame without its end");
    }
    taken = end - at;
    sink.frame(new Frame(Arrays.copyOfRange(held, at, end)));
    return true;
  }
}
