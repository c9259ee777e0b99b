package org.vidtomo.agent.container;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells containers apart by their first bytes. */
public final class Sniffer {
  /** So many bytes settle it. */
  public static final int BYTES = 2048;

  private static final List<String> MP4_BOXES =
      List.of(
          "ftyp", "moov", "mdat", "free", "skip", "wide", "styp", "sidx", "moof", "pnot", "uuid",
          "emsg", "prft", "meta", "udta", "PICT");

  private Sniffer() {}

  /**
   * The container that these bytes begin.
   *
   * @return empty when they begin none that is known
   */
  public static Optional<String> sniff(byte[] head) {
    String text = new String(head, 0, Math.min(head.length, BYTES), StandardCharsets.ISO_8859_1);
    if (text.length() >= 8 && MP4_BOXES.contains(text.substring(4, 8)) && !letters(head, 4)) {
      return Optional.of("mp4");
    }
    // EBML's magic number (RFC 8794 §11.2.1); DocType tells the two apart.
    if (text.startsWith("\u001aE\u00df\u00a3")) {
      return Optional.of(text.contains("webm") ? "webm" : "matroska");
    }
    if (text.startsWith("FLV\u0001")) {
      return Optional.of("flv");
    }
    return riffOrOgg(text).or(() -> document(text)).or(() -> transportStream(head));
  }

  /** Text, as {@code {"uuid"} over two lines begins, is no box's size. */
  private static boolean letters(byte[] head, int count) {
    for (int i = 0; i < count; i++) {
      if (head[i] < ' ' && "\r\n\t".indexOf(head[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> transportStream(byte[] head) {
    return TsPackets.in(head, Math.min(head.length, BYTES))
        ? Optional.of("mpegts")
        : Optional.empty();
  }

  private static Optional<String> riffOrOgg(String text) {
    if (text.startsWith("RIFF") && text.length() >= 12 && text.startsWith("AVI ", 8)) {
      return Optional.of("avi");
    }
    return text.startsWith("OggS") ? Optional.of("ogg") : Optional.empty();
  }

  private static Optional<String> document(String text) {
    String start = text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
    if (start.startsWith("#EXTM3U")) {
      return Optional.of("hls");
    }
    if (start.startsWith("<") && start.contains("<MPD")) {
      return Optional.of("dash");
    }
    String lower = start.substring(0, Math.min(200, start.length())).toLowerCase(Locale.ROOT);
    return lower.startsWith("<!doctype html") || lower.startsWith("<html")
        ? Optional.of("html")
        : Optional.empty();
  }
}
