package org.vidtomo.agent.container;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The {@code onMetaData} tag at the front of an FLV file (Adobe's FLV specification, E.5). */
final class FlvHeader {
  private static final int FILE_HEADER_BYTES = 13;
  private static final int TAG_HEADER_BYTES = 11;
  private static final int SCRIPT_TAG = 18;
  private static final int MAX_ENTRIES = 200;

  private FlvHeader() {}

  /** What the beginning of a file tells. */
  static ContainerInfo read(ByteBuffer head) {
    Map<String, Double> numbers = new HashMap<>();
    try {
      metadata(head, numbers);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Cut short or broken; what was read before counts.
    }
    double seconds = numbers.getOrDefault("duration", 0.0);
    double rate = numbers.getOrDefault("framerate", 0.0);
    return new ContainerInfo(
        "flv",
        seconds > 0 && seconds < 1e9
            ? OptionalLong.of(Math.round(seconds * 1e6))
            : OptionalLong.empty(),
        pixels(numbers.get("width")),
        pixels(numbers.get("height")),
        rate > 0 && rate < 1000 ? OptionalDouble.of(rate) : OptionalDouble.empty(),
        codec(numbers.get("videocodecid"), Map.of(7.0, "avc1", 2.0, "h263", 4.0, "vp6")),
        codec(numbers.get("audiocodecid"), Map.of(10.0, "mp4a", 2.0, "mp3", 11.0, "speex")),
        List.of());
  }

  private static void metadata(ByteBuffer in, Map<String, Double> numbers) {
    in.position(FILE_HEADER_BYTES);
    if ((in.get(in.position()) & 0x1f) != SCRIPT_TAG) {
      return;
    }
    in.position(in.position() + TAG_HEADER_BYTES);
    // An AMF0 string, then an ECMA array with its count, or an object.
    if (in.get() != 2 || !text(in).equals("onMetaData")) {
      return;
    }
    int type = in.get();
    if (type == 8) {
      in.getInt();
    } else if (type != 3) {
      return;
    }
    for (int i = 0; i < MAX_ENTRIES && entry(in, numbers); i++) {
      // All is done by the condition.
    }
  }

  /** One name and value; false at the end, or at a value that has others inside. */
  private static boolean entry(ByteBuffer in, Map<String, Double> numbers) {
    String name = text(in);
    switch (in.get()) {
      case 0 -> numbers.put(name, in.getDouble());
      case 1 -> in.get();
      case 2 -> text(in);
      case 5, 6 -> {
        // Null and undefined have no bytes.
      }
      case 11 -> in.position(in.position() + 10);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static OptionalInt pixels(Double number) {
    return number != null && number >= 1 && number <= 65_535
        ? OptionalInt.of((int) Math.round(number))
        : OptionalInt.empty();
  }

  private static Optional<String> codec(Double id, Map<Double, String> names) {
    return id == null ? Optional.empty() : Optional.ofNullable(names.get(id));
  }
}
