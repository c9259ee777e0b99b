package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The header of a frame of sound, where it tells the frame's size and length.
 *
 * @param bytes over 0
 */
record AudioFrame(int bytes, long micros) {
  /** The longest header that is looked at. */
  static final int HEADER = 7;

  private static final int[] AAC_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int[] MPEG_RATES = {44_100, 48_000, 32_000};

  /** Kbit/s by bitrate index: MPEG-1 layers I, II and III; MPEG-2 layer I; MPEG-2 II and III. */
  private static final int[][] MPEG_KBPS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  private static final int[] AC3_RATES = {48_000, 44_100, 32_000};
  private static final int[] AC3_KBPS = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
  };

  /** Whether frames of this codec, as transport streams name it, have a header that tells. */
  static boolean known(String codec) {
    return switch (codec) {
      case "mp4a", "mpga", "ac-3", "ec-3" -> true;
      default -> false;
    };
  }

  /**
   * The frame that begins here.
   *
   * @param header {@link #HEADER} bytes
   * @return empty where none begins
   */
  static Optional<AudioFrame> read(String codec, ByteBuffer header) {
    int[] b = new int[HEADER];
    for (int i = 0; i < HEADER; i++) {
      b[i] = header.get(i) & 0xff;
    }
    return switch (codec) {
      case "mp4a" -> adts(b);
      case "mpga" -> mpeg(b);
      default -> dolby(b);
    };
  }

  private static Optional<AudioFrame> frame(int bytes, int samples, int rate) {
    return bytes < HEADER || rate == 0
        ? Optional.empty()
        : Optional.of(new AudioFrame(bytes, samples * 1_000_000L / rate));
  }

  /** ISO/IEC 14496-3 §1.A.2.2. */
  private static Optional<AudioFrame> adts(int[] b) {
    int rate = b[2] >> 2 & 0xf;
    if (b[0] != 0xff || (b[1] & 0xf6) != 0xf0 || rate >= AAC_RATES.length) {
      return Optional.empty();
    }
    int bytes = (b[3] & 3) << 11 | b[4] << 3 | b[5] >> 5;
    return frame(bytes, 1024 * ((b[6] & 3) + 1), AAC_RATES[rate]);
  }

  /** ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3; version 0 is MPEG 2.5. */
  private static Optional<AudioFrame> mpeg(int[] b) {
    int version = b[1] >> 3 & 3;
    int layer = 4 - (b[1] >> 1 & 3);
    int bitrate = b[2] >> 4;
    int rateIndex = b[2] >> 2 & 3;
    if (b[0] != 0xff || (b[1] & 0xe0) != 0xe0 || version == 1 || layer == 4) {
      return Optional.empty();
    }
    if (bitrate == 0 || bitrate == 15 || rateIndex == 3) {
      return Optional.empty();
    }
    boolean first = version == 3;
    int rate = MPEG_RATES[rateIndex] / (first ? 1 : version == 2 ? 2 : 4);
    int kbps = MPEG_KBPS[first ? layer - 1 : layer == 1 ? 3 : 4][bitrate];
    int samples = layer == 1 ? 384 : layer == 3 && !first ? 576 : 1152;
    int slot = layer == 1 ? 4 : 1;
    int slots = samples / 8 / slot * kbps * 1000 / rate + (b[2] >> 1 & 1);
    return frame(slots * slot, samples, rate);
  }

  /** ETSI TS 102 366: AC-3 §4.4.1, Enhanced AC-3 §E.1.3.1. */
  private static Optional<AudioFrame> dolby(int[] b) {
    if (b[0] != 0x0b || b[1] != 0x77) {
      return Optional.empty();
    }
    int rateIndex = b[4] >> 6;
    boolean enhanced = b[5] >> 3 > 10;
    if (enhanced) {
      boolean dependent = b[2] >> 6 == 1;
      int blocks = rateIndex == 3 ? 3 : b[4] >> 4 & 3;
      int rate = rateIndex == 3 ? halved(b[4] >> 4 & 3) : AC3_RATES[rateIndex];
      int samples = dependent ? 0 : 256 * (blocks == 3 ? 6 : blocks + 1);
      return frame(2 * (((b[2] & 7) << 8 | b[3]) + 1), samples, rate);
    }
    int size = b[4] & 0x3f;
    if (rateIndex == 3 || size / 2 >= AC3_KBPS.length) {
      return Optional.empty();
    }
    int rate = AC3_RATES[rateIndex];
    int words = AC3_KBPS[size / 2] * 1000 / 16 * 1536 / rate;
    return frame(2 * (words + (rate == 44_100 ? size & 1 : 0)), 1536, rate);
  }

  private static int halved(int rateIndex) {
    return rateIndex == 3 ? 0 : AC3_RATES[rateIndex] / 2;
  }
}
