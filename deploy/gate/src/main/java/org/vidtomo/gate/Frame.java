package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

/** A frame of AMQP 0-9-1, as it came (specification §2.3.5). */
public final class Frame {
  static final int METHOD = 1;
  static final int HEADER = 2;
  static final int BODY = 3;
  static final int HEARTBEAT = 8;

  /** Type, channel and size. */
  static final int HEAD_BYTES = 7;

  static final int END = 0xCE;

  private final byte[] raw;

  /** Whole, from its type to its end. */
  Frame(byte[] raw) {
    this.raw = requireNonNull(raw, "raw");
  }

  int type() {
    return raw[0] & 0xFF;
  }

  int channel() {
    return (raw[1] & 0xFF) << 8 | raw[2] & 0xFF;
  }

  int payloadBytes() {
    return raw.length - HEAD_BYTES - 1;
  }

  /** The payload, from its first byte on. */
  Fields payload() {
    return new Fields(raw, HEAD_BYTES, raw.length - 1);
  }

  /** Of a method frame: class and method as one number; of others 0. */
  int method() throws RefusedException {
    return type() == METHOD ? payload().int32() : 0;
  }

  /** All of it; not a copy. */
  public byte[] raw() {
    return raw;
  }
}
