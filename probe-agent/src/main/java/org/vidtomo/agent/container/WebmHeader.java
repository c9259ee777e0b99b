package org.vidtomo.agent.container;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The header of WebM and Matroska (RFC 8794, RFC 9559): length, picture size and codecs. */
final class WebmHeader {
  private static final int SEGMENT = 0x18538067;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_TYPE = 0x83;
  private static final int CODEC_ID = 0x86;
  private static final int VIDEO = 0xE0;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final int CLUSTER = 0x1F43B675;
  private static final List<Integer> ENTERED = List.of(SEGMENT, INFO, TRACKS, TRACK_ENTRY, VIDEO);
  private static final int MAX_CODEC = 32;

  // RFC 9559 §5.1.2.9: a millisecond unless the file says otherwise.
  private long nanosPerTick = 1_000_000;
  private double ticks;
  private long trackType;
  private String codec = "";
  private Optional<String> video = Optional.empty();
  private Optional<String> audio = Optional.empty();
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();

  private WebmHeader() {}

  /** What the beginning of a file tells. */
  static ContainerInfo read(String container, ByteBuffer head) {
    WebmHeader header = new WebmHeader();
    try {
      header.walk(head);
    } catch (BufferUnderflowException e) {
      // The header goes on behind what came; what was read before counts.
    }
    header.endTrack();
    return header.info(container);
  }

  /** Elements of the header nest, but are met in order: entering one is passing over its head. */
  private void walk(ByteBuffer in) {
    while (in.hasRemaining()) {
      int id = (int) vint(in, false);
      long size = vint(in, true);
      if (id == CLUSTER) {
        return;
      }
      if (id == TRACK_ENTRY) {
        endTrack();
      }
      if (!ENTERED.contains(id)) {
        if (size < 0 || size > in.remaining()) {
          return;
        }
        ByteBuffer value = in.slice(in.position(), (int) size);
        in.position(in.position() + (int) size);
        element(id, value);
      }
    }
  }

  private void element(int id, ByteBuffer value) {
    switch (id) {
      case TIMESTAMP_SCALE -> nanosPerTick = number(value);
      case DURATION -> ticks = value.remaining() == 4 ? value.getFloat() : value.getDouble();
      case TRACK_TYPE -> trackType = number(value);
      case CODEC_ID -> codec = text(value);
      case PIXEL_WIDTH -> width = pixels(width, value);
      case PIXEL_HEIGHT -> height = pixels(height, value);
      default -> {
        // Says nothing that a report carries.
      }
    }
  }

  private void endTrack() {
    if (trackType == 1 && video.isEmpty()) {
      video = Optional.of(codec).filter(c -> !c.isEmpty());
    } else if (trackType == 2 && audio.isEmpty()) {
      audio = Optional.of(codec).filter(c -> !c.isEmpty());
    }
    trackType = 0;
    codec = "";
  }

  private ContainerInfo info(String container) {
    double micros = ticks * nanosPerTick / 1000;
    boolean known = micros >= 1 && micros < Long.MAX_VALUE / 4.0;
    return new ContainerInfo(
        container,
        known ? OptionalLong.of(Math.round(micros)) : OptionalLong.empty(),
        width,
        height,
        OptionalDouble.empty(),
        video,
        audio,
        List.of());
  }

  /** A number of variable length (RFC 8794 §4); −1 for a size that is not known. */
  private static long vint(ByteBuffer in, boolean size) {
    int first = in.get() & 0xff;
    int more = Integer.numberOfLeadingZeros(first) - 24;
    if (more > 7) {
      throw new BufferUnderflowException();
    }
    long value = size ? first & (0xff >> (more + 1)) : first;
    boolean ones = (first & (0xff >> (more + 1))) == 0xff >> (more + 1);
    for (int i = 0; i < more; i++) {
      int next = in.get() & 0xff;
      ones &= next == 0xff;
      value = value << 8 | next;
    }
    return size && ones ? -1 : value;
  }

  private static long number(ByteBuffer value) {
    long number = 0;
    for (int i = 0; i < 8 && value.hasRemaining(); i++) {
      number = number << 8 | value.get() & 0xff;
    }
    return number;
  }

  private static OptionalInt pixels(OptionalInt before, ByteBuffer value) {
    long pixels = number(value);
    return before.isEmpty() && pixels > 0 && pixels <= 65_535
        ? OptionalInt.of((int) pixels)
        : before;
  }

  private static String text(ByteBuffer value) {
    byte[] bytes = new byte[Math.min(value.remaining(), MAX_CODEC)];
    value.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).replaceAll("[^A-Za-z0-9_./-]", "");
  }
}
