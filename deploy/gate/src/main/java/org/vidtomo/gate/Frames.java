package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The frames that the gate sends itself. */
final class Frames {
  private static final int MOST_SHORT = 255;

  private Frames() {}

  /**
   * {@code connection.start-ok}: the gate's own login at the broker, with client properties of its
   * own, since the broker acts on some of them.
   */
  static Buffer startOk(String user, String password) {
    Buffer response = Buffer.buffer("\0" + user + "\0" + password);
    Buffer payload = Buffer.buffer().appendInt(Method.CONNECTION_START_OK).appendInt(0);
    shortString(payload, "PLAIN");
    payload.appendInt(response.length()).appendBuffer(response);
    shortString(payload, "en_US");
    return method(payload);
  }

  /** {@code connection.close}, with why. */
  static Buffer close(RefusedException why) {
    Buffer payload =
        Buffer.buffer().appendInt(Method.CONNECTION_CLOSE).appendUnsignedShort(why.code());
    shortString(payload, why.getMessage());
    return method(payload.appendInt(why.method()));
  }

  private static Buffer method(Buffer payload) {
    return Buffer.buffer()
        .appendByte((byte) Frame.METHOD)
        .appendUnsignedShort(0)
        .appendInt(payload.length())
        .appendBuffer(payload)
        .appendUnsignedByte((short) Frame.END);
  }

  private static void shortString(Buffer to, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] fitting = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_SHORT));
    to.appendUnsignedByte((short) fitting.length).appendBytes(fitting);
  }
}
