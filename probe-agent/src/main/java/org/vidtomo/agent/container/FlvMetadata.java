package org.vidtomo.agent.container;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The numbers of an {@code onMetaData} tag (Adobe's FLV specification, E.5; AMF 0). */
final class FlvMetadata {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_ENTRIES = 1000;

  private final ByteBuffer in;
  private final Map<String, Double> numbers = new HashMap<>();

  private FlvMetadata(ByteBuffer in) {
    this.in = in;
  }

  /** The numbers named on the first level; of a tag cut short, those before the cut. */
  static Map<String, Double> numbers(ByteBuffer tag) {
    FlvMetadata metadata = new FlvMetadata(tag);
    try {
      metadata.read();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Cut short or broken; what was read before counts.
    }
    return metadata.numbers;
  }

  private void read() {
    if (in.get() != 2) {
      return;
    }
    String name = text();
    if (name.equals("@setDataFrame") && in.get() == 2) {
      name = text();
    }
    if (name.equals("onMetaData")) {
      value("", 0);
    }
  }

  /** One value, and all that it holds; only numbers on the first level are kept. */
  private void value(String name, int depth) {
    int type = in.get();
    switch (type) {
      case 0 -> number(name, depth);
      case 1 -> skip(1);
      case 2 -> text();
      case 3 -> entries(depth + 1);
      case 5, 6, 9 -> {
        // Null, undefined and the end of an object have no bytes.
      }
      case 7 -> skip(2);
      case 8 -> {
        skip(4);
        entries(depth + 1);
      }
      case 10 -> array(depth + 1);
      case 11 -> skip(10);
      case 12, 15 -> skip(in.getInt() & 0x7fff_ffff);
      default -> throw new IllegalArgumentException("no type of AMF 0: " + type);
    }
  }

  private void number(String name, int depth) {
    double number = in.getDouble();
    if (depth == 1 && numbers.size() < MAX_ENTRIES) {
      numbers.putIfAbsent(name, number);
    }
  }

  private void entries(int depth) {
    check(depth);
    while (in.hasRemaining()) {
      String name = text();
      if (name.isEmpty() && in.hasRemaining() && in.get(in.position()) == 9) {
        in.get();
        return;
      }
      value(name, depth);
    }
  }

  private void array(int depth) {
    check(depth);
    long count = in.getInt() & 0xffff_ffffL;
    for (long i = 0; i < count; i++) {
      value("", depth + 1);
    }
  }

  private static void check(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
  }

  private String text() {
    byte[] bytes = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void skip(int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }
}
