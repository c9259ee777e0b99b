package org.vidtomo.agent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** What servers do that mean no good, or are broken. */
final class HostileScripts {
  private static final byte[] BLOCK = new byte[64 << 10];
  private static final int BOMB_MEGABYTES = 512;
  private static final Random RANDOM = new Random(7);

  private HostileScripts() {}

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Keeps the connection and says nothing. */
  static RawServer.Script silence(String first) {
    return (socket, out) -> {
      write(out, first);
      Thread.sleep(30_000);
    };
  }

  /** A byte now and then. */
  static RawServer.Script trickle(String first, String part) {
    return (socket, out) -> {
      write(out, first);
      while (!socket.isClosed()) {
        write(out, part);
        Thread.sleep(20);
      }
    };
  }

  /** As fast as it goes, for ever. */
  static RawServer.Script flood(String first, String part) {
    byte[] many = part.repeat(Math.max(1, BLOCK.length / part.length())).getBytes();
    return (socket, out) -> {
      write(out, first);
      while (!socket.isClosed()) {
        out.write(many);
      }
    };
  }

  static RawServer.Script once(String text, int bodyBytes) {
    return (socket, out) -> {
      write(out, text);
      out.write(new byte[bodyBytes]);
    };
  }

  /** Half a gigabyte of zeros in half a megabyte. */
  static RawServer.Script gzipBomb() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < BOMB_MEGABYTES * 16; i++) {
        gzip.write(BLOCK);
      }
    }
    return (socket, out) -> {
      write(
          out,
          "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Encoding: gzip\r\nContent-Length: "
              + bomb.size()
              + "\r\n\r\n");
      bomb.writeTo(out);
    };
  }

  /** Sends a part of a body of random length and resets the connection. */
  static RawServer.Script reset() {
    return (socket, out) -> {
      write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
      out.write(new byte[RANDOM.nextInt(200_000)]);
      out.flush();
      Thread.sleep(20);
      socket.setSoLinger(true, 0);
    };
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }

  static byte[] settings() {
    return frame(4, 0, 0, new byte[0]);
  }

  /** HTTP/2: frames once, then silence. */
  static RawServer.Script frames(byte[]... frames) {
    return (socket, out) -> {
      for (byte[] frame : frames) {
        out.write(frame);
        out.flush();
        // Until the request is there, which these frames answer.
        Thread.sleep(50);
      }
      Thread.sleep(30_000);
    };
  }

  /** HTTP/2: some frames, then one of them for ever. */
  static RawServer.Script frameFlood(byte[] repeated, byte[]... first) {
    return (socket, out) -> {
      for (byte[] frame : first) {
        out.write(frame);
        out.flush();
        Thread.sleep(50);
      }
      while (!socket.isClosed()) {
        out.write(repeated);
      }
    };
  }
}
