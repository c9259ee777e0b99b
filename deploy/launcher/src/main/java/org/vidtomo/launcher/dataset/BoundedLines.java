package org.vidtomo.launcher.dataset;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Lines of a stream, numbered from 1, none of which takes more memory than allowed. A byte order
 * mark and carriage returns before line feeds are passed over. Not thread-safe.
 */
public final class BoundedLines {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  private final InputStream in;
  private final int mostBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int end;
  private long number;

  /**
   * A line without its end.
   *
   * @param tooLong it had more bytes than allowed, and these are not here
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never kept
  public record Line(long number, byte[] bytes, boolean tooLong) {}

  /**
   * Lines of a stream that its owner closes.
   *
   * @param mostBytes of a line
   */
  public BoundedLines(InputStream in, int mostBytes) {
    this.in = requireNonNull(in, "in");
    this.mostBytes = mostBytes;
  }

  /** The next line; empty at the end. */
  public Optional<Line> next() throws IOException {
    line.reset();
    boolean tooLong = false;
    boolean any = false;
    while (fill()) {
      any = true;
      int feed = indexOfFeed();
      int stop = feed < 0 ? end : feed;
      tooLong |= line.size() + (stop - position) > mostBytes;
      if (tooLong) {
        line.reset();
      } else {
        line.write(buffer, position, stop - position);
      }
      position = feed < 0 ? end : feed + 1;
      if (feed >= 0) {
        break;
      }
    }
    return any ? Optional.of(new Line(++number, trimmed(), tooLong)) : Optional.empty();
  }

  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return position < end;
  }

  private int indexOfFeed() {
    for (int i = position; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private byte[] trimmed() {
    byte[] bytes = line.toByteArray();
    int from = number == 1 && hasByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    int to =
        bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    return from == 0 && to == bytes.length ? bytes : java.util.Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean hasByteOrderMark(byte[] bytes) {
    if (bytes.length < BYTE_ORDER_MARK.length) {
      return false;
    }
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if ((bytes[i] & 0xFF) != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }
}
