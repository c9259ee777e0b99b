package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a program's table says of a stream (ISO/IEC 13818-1 table 2-34, ATSC A/52 and A/53; ETSI TS
 * 101 154 and EN 300 468 for private streams). Streams of neither sound nor pictures are passed
 * over.
 */
record TsStreamType(boolean video, String codec) {
  private static final int PRIVATE = 6;
  private static final int REGISTRATION = 5;

  private static final Map<Integer, TsStreamType> TYPES =
      Map.ofEntries(
          Map.entry(0x01, pictures("mp1v")),
          Map.entry(0x02, pictures("mp2v")),
          Map.entry(0x10, pictures("mp4v")),
          Map.entry(0x1b, pictures("avc1")),
          Map.entry(0x20, pictures("avc1")),
          Map.entry(0x24, pictures("hvc1")),
          Map.entry(0x33, pictures("vvc1")),
          Map.entry(0x42, pictures("cavs")),
          Map.entry(0xea, pictures("vc-1")),
          Map.entry(0x03, sound("mpga")),
          Map.entry(0x04, sound("mpga")),
          Map.entry(0x0f, sound("mp4a")),
          Map.entry(0x11, sound("mp4a")),
          Map.entry(0x81, sound("ac-3")),
          Map.entry(0x82, sound("dts")),
          Map.entry(0x85, sound("dts")),
          Map.entry(0x87, sound("ec-3")));

  private static final Map<Integer, TsStreamType> DESCRIPTORS =
      Map.of(0x6a, sound("ac-3"), 0x7a, sound("ec-3"), 0x7b, sound("dts"), 0x7c, sound("mp4a"));

  private static final Map<String, TsStreamType> FORMATS =
      Map.of(
          "AC-3", sound("ac-3"),
          "EAC3", sound("ec-3"),
          "Opus", sound("opus"),
          "DTS1", sound("dts"),
          "DTS2", sound("dts"),
          "DTS3", sound("dts"),
          "HEVC", pictures("hvc1"),
          "VVC ", pictures("vvc1"),
          "AV01", pictures("av01"));

  private static TsStreamType pictures(String codec) {
    return new TsStreamType(true, codec);
  }

  private static TsStreamType sound(String codec) {
    return new TsStreamType(false, codec);
  }

  /** A stream's type from its number and its descriptors. */
  static Optional<TsStreamType> of(int number, ByteBuffer descriptors) {
    return number == PRIVATE ? described(descriptors) : Optional.ofNullable(TYPES.get(number));
  }

  private static Optional<TsStreamType> described(ByteBuffer descriptors) {
    while (descriptors.remaining() >= 2) {
      int tag = descriptors.get() & 0xff;
      int length = Math.min(descriptors.get() & 0xff, descriptors.remaining());
      TsStreamType type = DESCRIPTORS.get(tag);
      if (tag == REGISTRATION && length >= 4) {
        byte[] format = new byte[4];
        descriptors.get(descriptors.position(), format);
        type = FORMATS.get(new String(format, StandardCharsets.US_ASCII));
      }
      if (type != null) {
        return Optional.of(type);
      }
      descriptors.position(descriptors.position() + length);
    }
    return Optional.empty();
  }
}
