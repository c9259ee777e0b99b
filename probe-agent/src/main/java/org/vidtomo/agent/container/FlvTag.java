package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The front of a tag of sound or pictures (Adobe's FLV specification, E.4.2 and E.4.3; Enhanced
 * RTMP v2 for codecs with a four-letter name).
 *
 * @param sample a sample, not a decoder's settings
 * @param delayMillis from decoding to showing
 */
record FlvTag(boolean sample, Optional<String> codec, int delayMillis) {
  /** More bytes of a tag are not looked at. */
  static final int BYTES = 9;

  private static final Map<Integer, String> VIDEO =
      Map.of(2, "h263", 3, "screen", 4, "vp6", 5, "vp6a", 7, "avc1", 12, "hvc1", 13, "av01");
  private static final Map<Integer, String> AUDIO =
      Map.of(2, "mp3", 6, "nellymoser", 7, "alaw", 8, "ulaw", 10, "mp4a", 11, "speex", 14, "mp3");
  private static final int EXTENDED_SOUND = 9;
  private static final int COMMAND_FRAME = 5;

  /** A tag of pictures from its first bytes, as many as there are. */
  static FlvTag video(ByteBuffer bytes) {
    int first = at(bytes, 0);
    boolean command = (first >> 4 & 7) == COMMAND_FRAME;
    if ((first & 0x80) != 0) {
      int packet = first & 0xf;
      // 1: a sample with a delay, 3: one without, 6: several tracks, 7: extended once more.
      boolean sample = packet == 1 || packet == 3 || packet >= 6;
      return new FlvTag(sample && !command, fourCc(bytes), packet == 1 ? s24(bytes, 5) : 0);
    }
    int codec = first & 0xf;
    boolean delayed = codec == 7 || codec == 12 || codec == 13;
    boolean sample = !delayed || at(bytes, 1) == 1;
    return new FlvTag(
        sample && !command, Optional.ofNullable(VIDEO.get(codec)), delayed ? s24(bytes, 2) : 0);
  }

  /** A tag of sound from its first bytes, as many as there are. */
  static FlvTag audio(ByteBuffer bytes) {
    int format = at(bytes, 0) >> 4;
    if (format == EXTENDED_SOUND) {
      int packet = at(bytes, 0) & 0xf;
      return new FlvTag(packet == 1 || packet >= 5, fourCc(bytes), 0);
    }
    boolean sample = format != 10 || at(bytes, 1) == 1;
    return new FlvTag(sample, Optional.ofNullable(AUDIO.get(format)), 0);
  }

  private static int at(ByteBuffer bytes, int index) {
    return index < bytes.limit() ? bytes.get(index) & 0xff : 0;
  }

  private static int s24(ByteBuffer bytes, int index) {
    int value = at(bytes, index) << 16 | at(bytes, index + 1) << 8 | at(bytes, index + 2);
    return value << 8 >> 8;
  }

  private static Optional<String> fourCc(ByteBuffer bytes) {
    if (bytes.limit() < 5) {
      return Optional.empty();
    }
    byte[] name = new byte[4];
    bytes.get(1, name);
    return Optional.of(new String(name, StandardCharsets.ISO_8859_1))
        .filter(text -> text.matches("[A-Za-z0-9._-]{4}"));
  }
}
