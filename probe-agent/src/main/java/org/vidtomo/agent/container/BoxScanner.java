package org.vidtomo.agent.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Cuts a stream into top-level boxes: hands over those that are wanted whole, passes over the rest
 * without keeping a byte. What is kept grows with what came, never with what a length promises.
 */
final class BoxScanner {
  /** Takes a wanted box. */
  interface Listener {
    /**
     * A box is whole.
     *
     * @param start where it begins in the file
     * @param end where the next one begins
     */
    void box(Box box, long start, long end) throws MalformedMediaException;
  }

  private final Map<String, Integer> wantedMaxBytes;
  private final Listener listener;
  private final ByteBuffer header = ByteBuffer.allocate(16);
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long position;
  private String type = "";
  private long boxStart;
  private long boxLeft;
  private boolean keeping;
  private boolean ended;
  private OptionalLong afterMdat = OptionalLong.empty();

  /**
   * A scanner.
   *
   * @param position where in the file the first bytes are
   * @param wantedMaxBytes the types to hand over, and how large they may be
   */
  BoxScanner(long position, Map<String, Integer> wantedMaxBytes, Listener listener) {
    this.position = position;
    this.wantedMaxBytes = Map.copyOf(wantedMaxBytes);
    this.listener = listener;
    header.limit(8);
  }

  /** Where the box after the media data begins, once its header was seen. */
  OptionalLong afterMdat() {
    return afterMdat;
  }

  void accept(ByteBuffer bytes) throws MalformedMediaException {
    while (bytes.hasRemaining() && !ended) {
      if (boxLeft > 0) {
        payload(bytes);
      } else {
        header.put(bytes.get());
        position++;
        if (!header.hasRemaining()) {
          headerRead();
        }
      }
    }
  }

  private void headerRead() throws MalformedMediaException {
    long size = header.getInt(0) & 0xffff_ffffL;
    if (size == 1 && header.limit() == 8) {
      header.limit(16);
      return;
    }
    type = new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
    int headerBytes = header.limit();
    boxStart = position - headerBytes;
    if (header.limit() == 16) {
      size = header.getLong(8);
    }
    header.clear().limit(8);
    if (size == 0) {
      // To the end of the file: nothing follows.
      ended = true;
      return;
    }
    if (size < headerBytes || size > Long.MAX_VALUE - boxStart) {
      ended = true;
      throw new MalformedMediaException("a box has a wrong size: " + size);
    }
    begin(size - headerBytes);
  }

  private void begin(long payloadBytes) throws MalformedMediaException {
    boxLeft = payloadBytes;
    keeping = wantedMaxBytes.containsKey(type);
    if (type.equals("mdat") && afterMdat.isEmpty()) {
      afterMdat = OptionalLong.of(position + payloadBytes);
    }
    if (keeping && payloadBytes > wantedMaxBytes.get(type)) {
      ended = true;
      throw new MalformedMediaException("'" + type + "' has " + payloadBytes + " bytes, too many");
    }
    if (boxLeft == 0) {
      end();
    }
  }

  private void payload(ByteBuffer bytes) throws MalformedMediaException {
    int part = (int) Math.min(boxLeft, bytes.remaining());
    if (keeping) {
      byte[] copy = new byte[part];
      bytes.get(copy);
      kept.write(copy, 0, part);
    } else {
      bytes.position(bytes.position() + part);
    }
    position += part;
    boxLeft -= part;
    if (boxLeft == 0) {
      end();
    }
  }

  private void end() throws MalformedMediaException {
    if (keeping) {
      Box box = new Box(type, ByteBuffer.wrap(kept.toByteArray()));
      kept.reset();
      keeping = false;
      listener.box(box, boxStart, position);
    }
  }
}
