package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a stream into EBML elements (RFC 8794) as they come. Masters that are entered are only
 * announced, so sizes that are not known need no care; of other elements, those that are wanted are
 * handed over, and the rest is passed over. After bytes that are no element, goes on at the next
 * cluster.
 */
final class EbmlElements {
  private static final int MAX_ID_BYTES = 4;
  private static final int MAX_SIZE_BYTES = 8;

  /** Takes elements. */
  interface Listener {
    /** A master is entered. */
    void master(int id);

    /**
     * An element is there, its first bytes if it is larger than wanted.
     *
     * @param end where in the file it ends
     */
    void element(int id, ByteBuffer bytes, long end);
  }

  private enum Part {
    ID,
    ID_REST,
    SIZE,
    SIZE_REST,
    BYTES
  }

  private final Set<Integer> masters;
  private final Map<Integer, Integer> wanted;
  private final int resumeAt;
  private final Listener listener;
  private final Gatherer gatherer = new Gatherer();
  private Part part = Part.ID;
  private boolean lost;
  private int id;
  private long end;

  /**
   * A reader.
   *
   * @param masters the elements to enter
   * @param wanted the elements to hand over, and how many bytes of each are of use
   * @param resumeAt the master that is looked for after bytes that are no element
   */
  EbmlElements(
      Set<Integer> masters, Map<Integer, Integer> wanted, int resumeAt, Listener listener) {
    this.masters = Set.copyOf(masters);
    this.wanted = Map.copyOf(wanted);
    this.resumeAt = resumeAt;
    this.listener = listener;
    gatherer.expect(0, 1);
  }

  void accept(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (gatherer.take(in)) {
        next(gatherer.bytes());
      }
    }
  }

  private void next(ByteBuffer bytes) {
    switch (part) {
      case ID -> first(bytes.get(0), MAX_ID_BYTES, Part.ID_REST);
      case ID_REST -> id(bytes);
      case SIZE -> first(bytes.get(0), MAX_SIZE_BYTES, Part.SIZE_REST);
      case SIZE_REST -> size(bytes);
      case BYTES -> {
        listener.element(id, bytes, end);
        begin(end - gatherer.position());
      }
    }
  }

  private void begin(long skip) {
    part = Part.ID;
    gatherer.expect(skip, 1);
  }

  /** The first byte of a number tells how many there are. */
  private void first(byte first, int most, Part rest) {
    if (lost) {
      resume(first);
      return;
    }
    int more = Integer.numberOfLeadingZeros(first & 0xff) - 24;
    if (more >= most) {
      lose();
      return;
    }
    part = rest;
    gatherer.expectMore(more);
    if (more == 0) {
      next(gatherer.bytes());
    }
  }

  private void lose() {
    lost = true;
    id = 0;
    begin(0);
  }

  private void resume(byte next) {
    id = id << 8 | next & 0xff;
    begin(0);
    if (id == resumeAt) {
      lost = false;
      size();
    }
  }

  private void id(ByteBuffer bytes) {
    id = 0;
    while (bytes.hasRemaining()) {
      id = id << 8 | bytes.get() & 0xff;
    }
    size();
  }

  private void size() {
    part = Part.SIZE;
    gatherer.expect(0, 1);
  }

  private void size(ByteBuffer bytes) {
    long mask = (1L << 7 * bytes.remaining()) - 1;
    long size = 0;
    while (bytes.hasRemaining()) {
      size = size << 8 | bytes.get() & 0xff;
    }
    size &= mask;
    if (masters.contains(id)) {
      listener.master(id);
      begin(0);
    } else if (size == mask) {
      // Only masters may have a size that is not known.
      lose();
    } else {
      content(size);
    }
  }

  private void content(long size) {
    end = gatherer.position() + size;
    int use = (int) Math.min(size, wanted.getOrDefault(id, 0));
    if (use > 0) {
      part = Part.BYTES;
      gatherer.expect(0, use);
    } else {
      begin(size);
    }
  }
}
