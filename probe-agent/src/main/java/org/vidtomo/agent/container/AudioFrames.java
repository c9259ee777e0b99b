package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Goes from header to header through frames of sound that come in parts. A frame belongs to the
 * part in which it begins.
 */
final class AudioFrames {
  private final String codec;
  private final byte[] header = new byte[AudioFrame.HEADER];
  private int have;
  private int skip;
  private int frames;
  private long micros;

  AudioFrames(String codec) {
    this.codec = codec;
  }

  /** From here on, frames count anew. */
  void begin() {
    frames = 0;
    micros = 0;
  }

  void accept(ByteBuffer in) {
    while (in.hasRemaining()) {
      int over = Math.min(skip, in.remaining());
      in.position(in.position() + over);
      skip -= over;
      int part = Math.min(header.length - have, in.remaining());
      in.get(header, have, part);
      have += part;
      if (have == header.length) {
        next();
      }
    }
  }

  private void next() {
    Optional<AudioFrame> frame = AudioFrame.read(codec, ByteBuffer.wrap(header));
    if (frame.isPresent()) {
      frames++;
      micros += frame.get().micros();
      skip = frame.get().bytes() - header.length;
      have = 0;
    } else {
      System.arraycopy(header, 1, header, 0, --have);
    }
  }

  /** Frames that began. */
  int frames() {
    return frames;
  }

  /** How long the frames that began are. */
  long micros() {
    return micros;
  }
}
