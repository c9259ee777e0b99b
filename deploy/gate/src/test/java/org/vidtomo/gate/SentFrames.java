package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Frames as a client sends them, good and bad ones. */
final class SentFrames {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static byte[] of(Consumer<SentFrames> filling) {
    SentFrames made = new SentFrames();
    filling.accept(made);
    return made.bytes.toByteArray();
  }

  SentFrames protocol() {
    bytes.writeBytes(FrameSplitter.PROTOCOL);
    return this;
  }

  SentFrames login(String user, String password) {
    byte[] response = ("\0" + user + "\0" + password).getBytes(UTF_8);
    return method(
        0,
        Method.CONNECTION_START_OK,
        p -> p.int32(0).text("PLAIN").int32(response.length).bytes(response).text("en_US"));
  }

  SentFrames tuneOk() {
    return method(0, Method.CONNECTION_TUNE_OK, p -> p.int16(16).int32(65_535).int16(0));
  }

  SentFrames open(String virtualHost) {
    return method(0, Method.CONNECTION_OPEN, p -> p.text(virtualHost).text("").int8(0));
  }

  SentFrames channel(int number) {
    return method(number, Method.CHANNEL_OPEN, p -> p.text(""));
  }

  SentFrames publish(int channel, String exchange, String key) {
    return method(channel, Method.BASIC_PUBLISH, p -> p.int16(0).text(exchange).text(key).int8(0));
  }

  /** A message's header with its user-id alone. */
  SentFrames header(int channel, long bodyBytes, String userId) {
    return header(channel, bodyBytes, 1 << 4, p -> p.text(userId));
  }

  SentFrames header(int channel, long bodyBytes, int flags, Consumer<SentFrames> properties) {
    return frame(
        Frame.HEADER,
        channel,
        p -> properties.accept(p.int16(60).int16(0).int64(bodyBytes).int16(flags)));
  }

  SentFrames body(int channel, int length) {
    return frame(Frame.BODY, channel, p -> p.bytes(new byte[length]));
  }

  SentFrames method(int channel, int method, Consumer<SentFrames> arguments) {
    return frame(Frame.METHOD, channel, p -> arguments.accept(p.int32(method)));
  }

  SentFrames frame(int type, int channel, Consumer<SentFrames> payload) {
    byte[] filled = of(payload);
    return int8(type).int16(channel).int32(filled.length).bytes(filled).int8(Frame.END);
  }

  SentFrames int8(int value) {
    bytes.write(value);
    return this;
  }

  SentFrames int16(int value) {
    return int8(value >>> 8).int8(value);
  }

  SentFrames int32(int value) {
    return int16(value >>> 16).int16(value);
  }

  SentFrames int64(long value) {
    return int32((int) (value >>> 32)).int32((int) value);
  }

  SentFrames text(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    return int8(encoded.length).bytes(encoded);
  }

  SentFrames bytes(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }
}
